import API
import Content
import Core
import Foundation
import Site
import Templates

/// Looks at `Templates`, `Content` and `Public`, as `serve` would at its start.
struct PageExamination {
    let root: String
    let isSecure: Bool
    let now: Instant

    func findings() -> [Finding] {
        [
            finding("templates", "every name in them is known") {
                _ = try PageTemplates(library: TemplateLibrary(folder: root + "/Templates"))
            },
            finding("content", "plans and pages can be read", content),
            finding("assets", "they can be read", assets),
        ]
    }

    private func content() throws {
        let library = try Library(folder: root + "/Content")
        guard library.plan("free") != nil else {
            throw ValidationError(field: "Content/Plans", rule: "must hold the plan free, which new accounts get")
        }
    }

    private func assets() throws {
        let archive = NSTemporaryDirectory() + "kapture-doctor-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: archive) }
        _ = try AssetFolder.load(root + "/Public", archive: archive, isSecure: isSecure, now: now)
    }

    private func finding(_ subject: String, _ message: String, _ look: () throws -> Void) -> Finding {
        do {
            try look()
            return .ok(subject, message)
        } catch {
            return .problem(
                subject, "\(error)", mend: "Correct the file, or copy it anew from the release; they are below \(root)."
            )
        }
    }
}
