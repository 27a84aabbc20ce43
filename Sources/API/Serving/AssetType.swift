/// The kinds of files that may lie in `Public/`. Others are not served.
enum AssetType: String {
    case css, js, svg, png, ico, webp, woff2, webmanifest, txt, json

    init?(path: String) {
        let isHidden = path.split(separator: "/").contains { $0.hasPrefix(".") }
        guard let dot = path.lastIndex(of: "."), !isHidden else { return nil }
        self.init(rawValue: path[path.index(after: dot)...].lowercased())
    }

    var contentType: String {
        switch self {
        case .css: "text/css; charset=utf-8"
        case .js: "text/javascript; charset=utf-8"
        case .svg: "image/svg+xml"
        case .png: "image/png"
        case .ico: "image/x-icon"
        case .webp: "image/webp"
        case .woff2: "font/woff2"
        case .webmanifest: "application/manifest+json"
        case .txt: "text/plain; charset=utf-8"
        case .json: "application/json; charset=utf-8"
        }
    }

    var isText: Bool {
        switch self {
        case .css, .js, .svg, .webmanifest, .txt, .json: true
        case .png, .ico, .webp, .woff2: false
        }
    }

    /// What browsers ask for by a fixed name keeps it.
    func isFingerprinted(_ path: String) -> Bool {
        switch self {
        case .webmanifest, .txt, .json, .ico: false
        case .js: path != "sw.js"
        case .css, .svg, .png, .webp, .woff2: true
        }
    }

    /// When its address is made: after everything that it may name.
    func turn(_ path: String) -> Int {
        switch self {
        case .png, .webp, .woff2, .ico: 0
        case .svg: 1
        case .css: 2
        case .js: isFingerprinted(path) ? 3 : 4
        case .webmanifest, .txt, .json: 4
        }
    }
}
