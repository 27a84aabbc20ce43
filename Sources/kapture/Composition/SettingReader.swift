import Configuration
import Foundation
import Synchronization

/// Reads keys of the configuration, and remembers which were asked for: those are all there are.
final class SettingReader: Sendable {
    struct Asked: Sendable {
        let isSecret: Bool
        /// `nil` when it is not set.
        let value: String?
    }

    private let reader: ConfigReader
    private let ignored: Set<String>
    private let record = Mutex<[String: Asked]>([:])

    /// Keys in `ignored`, such as KAPTURE_PORT, count as not set.
    init(_ reader: ConfigReader, ignoring ignored: Set<String> = []) {
        (self.reader, self.ignored) = (reader, ignored)
    }

    func string(forKey key: ConfigKey, isSecret: Bool = false) -> String? {
        let name = key.components.map { $0.uppercased() }.joined(separator: "_")
        let value = ignored.contains(name) ? nil : reader.string(forKey: key, isSecret: isSecret)
        record.withLock { $0[name] = Asked(isSecret: isSecret, value: value) }
        return value
    }

    /// By the name that the environment has for it.
    var asked: [String: Asked] { record.withLock { $0 } }
}

/// The settings, and how they were come by.
struct SettingsReport: Sendable {
    let settings: Settings
    let asked: [String: SettingReader.Asked]

    /// Every key that is set and holds no secret, as a file `.env` says them.
    var withoutSecrets: String {
        let lines = asked.sorted { $0.key < $1.key }.compactMap { name, asked -> String? in
            guard let value = asked.value, !value.isEmpty else { return nil }
            return asked.isSecret || Self.looksSecret(name, value) ? "# \(name) is set, and secret" : "\(name)=\(value)"
        }
        return lines.map { $0.filter { !$0.isNewline } + "\n" }.joined()
    }

    /// What a key's name or a password within an address gives away.
    private static func looksSecret(_ name: String, _ value: String) -> Bool {
        let words = name.split(separator: "_")
        let isNamedSo = ["KEY", "TOKEN", "SECRET", "PASSWORD"].contains { words.contains(Substring($0)) }
        guard !isNamedSo, let start = value.range(of: "://")?.upperBound else { return isNamedSo }
        return value[start...].prefix { !"/?#".contains($0) }.contains("@") || value.contains("password=")
    }
}
