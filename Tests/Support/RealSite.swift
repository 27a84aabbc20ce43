import Content
import Core
import Foundation
import Site
import Store
import Templates

/// The product's own renderer over the repository's templates and content.
package enum RealSite {
    /// `change` may alter the templates before they are bound; list and file limits are small, so that both are reached.
    package static func renderer(
        changing change: (inout [String: [UInt8]]) -> Void = { _ in }, cachedFrom: Int = 0
    ) throws -> SiteRenderer {
        var files = try sources(in: RepositoryRoot.path + "/Templates")
        change(&files)
        let templates = try PageTemplates(library: TemplateLibrary(files: files))
        var settings = PageSettings(origin: "https://kapture.example", notice: nil, signUpIsOpen: true)
        (settings.limits.listedTrends, settings.limits.trendFiles, settings.limits.cachedFrom) = (40, 12, cachedFrom)
        let sources = PageSources(
            templates: templates, library: try Library(folder: RepositoryRoot.path + "/Content"),
            assets: AssetAddresses { "/assets/\($0)" }, settings: settings,
            feedToken: { user, list, version in "token-\(list)-\(version)" })
        return SiteRenderer(sources: sources)
    }

    /// A publisher over a store, with its sites below `folder`.
    package static func publisher<Files: FileSystem>(
        of store: Store, in folder: String, _ files: Files, now: Instant
    ) throws -> SitePublisher<Files, SiteRenderer> {
        let folders = SiteFolders(root: folder + "/sites", epoch: "0123456789abcdef")
        try folders.prepare(DiskFileSystem())
        return SitePublisher(
            folders: folders, content: store, rendering: try renderer(), files: files, now: { now })
    }

    private static func sources(in folder: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where path.hasSuffix(".mustache") {
            let source = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))
            files[String(path.dropLast(".mustache".count))] = Array(source)
        }
        return files
    }
}
