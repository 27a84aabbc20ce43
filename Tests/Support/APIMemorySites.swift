import Core
import Synchronization

/// Sites whose pages are set by the test.
package final class MemorySites: SiteReading {
    private let pages = Mutex<[SiteName: [String: SitePage]]>([:])
    private let keepsInMemory: Bool

    /// With `keepsInMemory` pages are also answered at once, as a warm site does.
    package init(keepsInMemory: Bool = true) {
        self.keepsInMemory = keepsInMemory
    }

    package func set(
        _ address: String, of site: SiteName, to text: String, contentType: String = "text/html; charset=utf-8"
    ) {
        let body = Array(text.utf8)
        let page = SitePage(
            address: address, digest: Self.digest(body), contentType: contentType, body: body,
            filePath: "e0/aa/key\(address)page.html")
        pages.withLock { $0[site, default: [:]][address] = page }
    }

    package func page(_ address: String, of site: SiteName) async throws -> SitePage? {
        pages.withLock { $0[site]?[address] }
    }

    package func pageInMemory(_ address: String, of site: SiteName) -> SitePage? {
        keepsInMemory ? pages.withLock { $0[site]?[address] } : nil
    }

    /// FNV-1a, twice: enough to tell a test's pages apart.
    private static func digest(_ body: [UInt8]) -> String {
        let hash = body.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
