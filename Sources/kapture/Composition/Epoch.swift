import Crypto
import Foundation

/// Names everything that all pages depend on besides the database's rows: when any of it changes, the name does, and
/// the sites folder of the new name is empty.
enum Epoch {
    /// 16 hex digits over the program, the page sources below `root`, `settings` that pages show, the boot of this
    /// machine and the database.
    static func name(program: String, root: String, settings: [String], databaseID: String) throws -> String {
        var hash = SHA256()
        func add(_ text: some Sequence<UInt8>) {
            let bytes = Array(text)
            withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: bytes)
        }
        for text in [program, bootID(), databaseID] + settings { add(text.utf8) }
        for folder in ["Templates", "Content/Pages", "Content/Plans", "Public"] {
            for path in try files(below: "\(root)/\(folder)") {
                add(path.utf8)
                add(try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(folder)/\(path)")))
            }
        }
        return hash.finalize().prefix(8).map { String(format: "%02x", $0) }.joined()
    }

    /// A power loss may lose files that were renamed but not synced: after a boot, nothing is trusted.
    private static func bootID() -> String {
        (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? ""
    }

    /// The program's own identity: its size and modification time, which every build changes.
    static func programIdentity() -> String {
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path)
        let modified = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(Kapture.version) \(attributes?[.size] ?? 0) \(modified)"
    }

    private static func files(below folder: String) throws -> [String] {
        // With "/." the folder may be a link to another.
        guard let paths = FileManager.default.enumerator(atPath: folder + "/.") else { return [] }
        return paths.compactMap { $0 as? String }.filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }
}
