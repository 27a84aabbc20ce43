import Core
import Crypto

/// The files of `Public/`: styles, scripts and icons under addresses that carry their content's hash, the rest (such as
/// `sw.js`, `manifest.webmanifest`, `robots.txt`) under its own name. Everything is in memory, compressed at start.
package struct AssetStore: Sendable {
    /// The address of each file by its path below the folder: `css/app.css` → `/assets/css/app.0123456789abcdef.css`.
    /// Pages print these.
    package let addresses: [String: String]

    private let contents: [String: PreparedContent]

    /// Files by their path. `earlier` are fingerprinted files of earlier releases, by their path below `/assets/`.
    ///
    /// Scripts are sent without their comments. Where a text file says `/assets/` and the path of another file, that
    /// becomes the other's address. Files are fingerprinted in the order pictures and fonts, styles, scripts, so a style
    /// may name pictures and a script both.
    package init(files: [String: [UInt8]], earlier: [String: [UInt8]] = [:], isSecure: Bool = false) {
        let security = SecurityHeaders(isSecure: isSecure)
        var addresses: [String: String] = [:]
        var contents: [String: PreparedContent] = [:]
        func add(_ body: [UInt8], at address: String, as type: AssetType, _ policy: CachePolicy) {
            let digest = Self.hash(body)
            let page = SitePage(address: address, digest: digest, contentType: type.contentType, body: body)
            let content = PreparedContent(page, policy: policy, security: security, acceptsRanges: true)
            _ = content.compress()
            contents[address] = content
        }
        for (path, body) in earlier {
            guard let type = AssetType(path: path) else { continue }
            add(body, at: "/assets/" + path, as: type, .immutable)
        }
        for (path, type) in Self.inOrder(files.keys) {
            let file = path.hasSuffix(".js") ? ScriptText.trimmed(files[path] ?? []) : files[path] ?? []
            let body = type.isText ? Self.linked(file, addresses) : file
            let address = type.isFingerprinted(path) ? Self.address(path, Self.hash(body)) : "/" + path
            addresses[path] = address
            add(body, at: address, as: type, type.isFingerprinted(path) ? .immutable : .revalidated)
        }
        (self.addresses, self.contents) = (addresses, contents)
    }

    /// The bytes behind an address, to be kept for later releases.
    package func body(at address: String) -> [UInt8]? {
        contents[address].map { Array($0.plain.body.readableBytesView) }
    }

    /// Every file by its address, those of earlier releases too.
    package var bodies: [String: [UInt8]] { contents.mapValues { Array($0.plain.body.readableBytesView) } }

    func content(at address: String) -> PreparedContent? { contents[address] }

    private static func inOrder(_ paths: some Collection<String>) -> [(path: String, type: AssetType)] {
        let known = paths.compactMap { path in AssetType(path: path).map { (path: path, type: $0) } }
        return known.sorted { ($0.type.turn($0.path), $0.path) < ($1.type.turn($1.path), $1.path) }
    }

    private static func hash(_ bytes: [UInt8]) -> String {
        Hex.text(SHA256.hash(data: bytes).prefix(16))
    }

    private static func address(_ path: String, _ hash: String) -> String {
        let dot = path.lastIndex(of: ".") ?? path.endIndex
        return "/assets/\(path[..<dot]).\(hash.prefix(16))\(path[dot...])"
    }

    /// Longest paths first, so that `a.css` does not spoil `a.css.map`.
    private static func linked(_ body: [UInt8], _ addresses: [String: String]) -> [UInt8] {
        guard var text = String(validating: body, as: UTF8.self), text.contains("/assets/") else { return body }
        for (path, address) in addresses.sorted(by: { ($0.key.count, $0.key) > ($1.key.count, $1.key) }) {
            text.replace("/assets/\(path)", with: address)
        }
        return Array(text.utf8)
    }
}
