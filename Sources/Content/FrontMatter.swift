import Foundation
import Yams

/// A file of `Content/`: YAML between two lines of `---`, then Markdown.
package struct FrontMatter {
    /// Path as shown in errors.
    let path: String
    let values: [String: Any]
    let body: String

    /// Splits and parses `text`.
    init(path: String, text: String) throws(ContentFailure) {
        let lines = text.replacingLineBreaks.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else {
            throw ContentFailure(path: path, reason: "must begin with front matter between two lines of ---")
        }
        do {
            // An empty line in place of the first: errors count lines as the file does.
            let yaml = "\n" + lines[1..<end].joined(separator: "\n")
            guard let values = try Yams.load(yaml: yaml) as? [String: Any] else {
                throw ContentFailure(path: path, reason: "the front matter must be a list of key: value")
            }
            self.values = values
        } catch let failure as ContentFailure {
            throw failure
        } catch {
            throw ContentFailure(path: path, reason: "the front matter is not YAML: \(error)")
        }
        self.path = path
        body = lines[(end + 1)...].joined(separator: "\n").trimmingNewlines
    }

    /// Every `*.md` of a folder, in order of name; none when there is no such folder.
    static func files(in folder: String) throws -> [FrontMatter] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try names.filter { $0.hasSuffix(".md") }.sorted().map { name in
            let path = "\(folder)/\(name)"
            guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
            else { throw ContentFailure(path: path, reason: "must be readable UTF-8 text") }
            return try FrontMatter(path: path, text: text)
        }
    }

    func text(_ key: String) throws(ContentFailure) -> String {
        guard let text = values[key] as? String else {
            throw ContentFailure(path: path, reason: "\(key) must be text")
        }
        return text
    }

    func integer(_ key: String) throws(ContentFailure) -> Int64 {
        try FrontMatter.integer(values[key], key, path)
    }

    /// The integers of a nested map.
    func integers(_ key: String) throws(ContentFailure) -> [String: Int64] {
        guard let map = values[key] as? [String: Any] else {
            throw ContentFailure(path: path, reason: "\(key) must be a list of key: number")
        }
        var integers: [String: Int64] = [:]
        for (name, value) in map { integers[name] = try FrontMatter.integer(value, "\(key).\(name)", path) }
        return integers
    }

    private static func integer(_ value: Any?, _ key: String, _ path: String) throws(ContentFailure) -> Int64 {
        guard let integer = value as? Int else {
            throw ContentFailure(path: path, reason: "\(key) must be a whole number")
        }
        return Int64(integer)
    }
}

/// A file of `Content/` that cannot be used: which one and why.
package struct ContentFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let path: String
    package let reason: String

    package var description: String { "\(path): \(reason)" }
}

extension String {
    /// With `\n` alone ending its lines, and no byte-order mark.
    fileprivate var replacingLineBreaks: String {
        let bytes = utf8.filter { $0 != 13 }
        return String(
            decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
    }

    fileprivate var trimmingNewlines: String {
        String(drop { $0 == "\n" }.reversed().drop { $0 == "\n" }.reversed())
    }
}
