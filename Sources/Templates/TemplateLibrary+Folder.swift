import FoundationEssentials

extension TemplateLibrary {
    private static let suffix = ".mustache"

    /// Reads and parses every `*.mustache` below `folder`; a template's name is its path there without that ending.
    /// Hidden files are left out, as editors make them.
    package init(folder: String) throws(TemplateFailure) {
        // With "/." the folder may be a link to another.
        guard let paths = try? FileManager.default.subpathsOfDirectory(atPath: folder + "/.") else {
            throw TemplateFailure(file: folder, line: nil, reason: "there is no such folder of templates", usedBy: [])
        }
        var files: [String: [UInt8]] = [:]
        for path in paths where path.hasSuffix(Self.suffix) && !Self.isHidden(path) {
            guard let source = FileManager.default.contents(atPath: "\(folder)/\(path)") else {
                throw TemplateFailure(
                    file: "\(folder)/\(path)", line: nil, reason: "the file cannot be read", usedBy: [])
            }
            files[String(path.dropLast(Self.suffix.count))] = Array(source)
        }
        guard !files.isEmpty else {
            throw TemplateFailure(file: folder, line: nil, reason: "the folder holds no *.mustache file", usedBy: [])
        }
        try self.init(files: files, folder: folder)
    }

    private static func isHidden(_ path: String) -> Bool {
        path.split(separator: "/").contains { $0.hasPrefix(".") }
    }
}
