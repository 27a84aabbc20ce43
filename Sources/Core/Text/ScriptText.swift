/// Scripts as browsers get them.
package enum ScriptText {
    /// Without indentation, and without lines that are comments or empty: a tenth of what we write. No line may begin
    /// within a text.
    package static func trimmed(_ script: [UInt8]) -> [UInt8] {
        let lines = script.split(separator: UInt8(ascii: "\n")).map { $0.drop { $0 == UInt8(ascii: " ") } }
        let code = lines.filter { !$0.isEmpty && !$0.starts(with: "//".utf8) }
        return code.isEmpty ? [] : Array(code.joined(separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")]
    }
}
