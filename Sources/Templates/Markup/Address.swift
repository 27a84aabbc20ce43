/// How much of an attribute's address is known where a tag stands.
///
/// A browser decides by the first characters what an address does (`javascript:` runs it, `//host` leaves the site), so
/// only a checked link may begin one, and text may follow only what the template itself has fixed.
enum Address: Equatable {
    /// Only the template's own text so far.
    case literal([UInt8])
    /// Scheme and host are fixed, or it is a path.
    case fixed
    /// Begun in a section that may be skipped.
    case unsure

    /// What the next tag would be.
    enum Part: Equatable {
        case beginning, rest, unsure
        /// After text such as `javascript:` or `https://`, to which nothing may be added.
        case afterUnsafe
    }

    var part: Part {
        switch self {
        case .literal(let prefix): prefix.isEmpty ? .beginning : Self.isFixed(prefix) ? .rest : .afterUnsafe
        case .fixed: .rest
        case .unsure: .unsure
        }
    }

    mutating func append(_ byte: UInt8) {
        guard case .literal(let prefix) = self else { return }
        self = .literal(prefix + [byte])
    }

    mutating func appendValue() {
        if self != .unsure { self = .fixed }
    }

    /// What is known where two ways through the template meet.
    func joined(with other: Address) -> Address {
        if self == other { return self }
        return part == .rest && other.part == .rest ? .fixed : .unsure
    }

    private static func isFixed(_ prefix: [UInt8]) -> Bool {
        let text = String(decoding: prefix, as: UTF8.self).lowercased()
        switch prefix[0] {
        case UInt8(ascii: "?"), UInt8(ascii: "#"): return true
        case UInt8(ascii: "/") where text.hasPrefix("//"): return hasHost(text.dropFirst(2))
        case UInt8(ascii: "/"): return !text.contains("\\")
        default:
            if text.hasPrefix("mailto:") { return true }
            for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
                return hasHost(text.dropFirst(scheme.count))
            }
            return false
        }
    }

    /// A host that has ended, so that nothing can be added to it.
    private static func hasHost(_ rest: Substring) -> Bool {
        guard let end = rest.firstIndex(where: { "/?#".contains($0) }) else { return false }
        return end > rest.startIndex && !rest.contains("\\")
    }
}
