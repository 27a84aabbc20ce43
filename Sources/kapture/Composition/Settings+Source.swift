import Configuration
import Foundation

extension Settings {
    /// Where settings come from: the environment before a file.
    struct Source: Sendable {
        let providers: [any ConfigProvider]
        /// Every name that is given a value there.
        let names: Set<String>

        /// The environment of this process, then `.env` of the working folder.
        static func process() async throws -> Source {
            let file = try await EnvironmentVariablesProvider(environmentFilePath: ".env", allowMissing: true)
            let text = (try? String(contentsOfFile: ".env", encoding: .utf8)) ?? ""
            let names = Set(ProcessInfo.processInfo.environment.keys).union(Self.names(inFile: text))
            return Source(providers: [EnvironmentVariablesProvider(), file], names: names)
        }

        /// These values and nothing else.
        static func values(_ values: [String: String]) -> Source {
            Source(
                providers: [EnvironmentVariablesProvider(environmentVariables: values)], names: Set(values.keys))
        }

        /// The names of a file `.env`, those of comments not among them.
        static func names(inFile text: String) -> Set<String> {
            Set(
                text.split(whereSeparator: \.isNewline).compactMap { line in
                    let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                    let name = parts[0].trimmingCharacters(in: .whitespaces)
                    return parts.count == 2 && !name.hasPrefix("#") ? name : nil
                })
        }
    }
}
