/// A template as it will be rendered, with its partials and layouts put in: what the binder reads.
enum Piece: Sendable {
    case literal([UInt8], Place)
    case value(name: String, isRaw: Bool, Place)
    case section(name: String, isInverted: Bool, [Piece], Place)
}
