import Core
import HTTPTypes
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import API

@Suite("A crawl through everything that can be read")
struct CrawlTests {
    @Test("as a signed-in user changes no row of anybody's data, by pages, their links and every GET of the API")
    func reading() async throws {
        let house = try await RealHouse()
        let owner = try await Resident("olgacanary7f3a", in: house)
        let before = try RowPicture(house.fixture.location, but: Bookkeeping.all)

        let seen = try await house.crawl(as: owner)

        #expect(seen.count > 40, "\(seen.keys.sorted())")
        let after = try RowPicture(house.fixture.location, but: Bookkeeping.all)
        #expect(after.difference(from: before) == [])
    }

    @Test("shows each user's canary to that user and to nobody else: pages, feeds, lists and search")
    func canaries() async throws {
        let house = try await RealHouse()
        let residents = try await ["olgacanary7f3a", "ottocanary2c9d"].asyncMap { try await Resident($0, in: house) }
        for (one, other) in [(residents[0], residents[1]), (residents[1], residents[0])] {
            let seen = try await house.crawl(as: one)
            let own = seen.filter { $0.value.contains(one.canary) }
            #expect(own.count > 15, "\(own.keys.sorted())")
            #expect(own.contains { $0.key.hasPrefix("/feeds/") } && own.contains { $0.key.hasPrefix("/api/trends?q=") })
            let foreign = seen.filter { page in
                page.value.contains(other.canary) || other.ids.contains { page.value.contains($0) }
            }
            #expect(foreign.keys.filter { !$0.contains(other.canary) }.sorted() == [])
        }
        for page in try await house.crawl(as: nil) {
            #expect(!residents.contains { page.value.contains($0.canary) }, "\(page.key)")
        }
    }
}

extension RealHouse {
    /// Every GET of the API, every page and everything that they link to, with its text, as somebody sees it; `nil` is
    /// nobody in particular.
    fileprivate func crawl(as resident: Resident?) async throws -> [String: String] {
        let headers: HTTPFields = resident.map { [.cookie: $0.cookie] } ?? [:]
        let first = try starts(for: resident)
        return try await server.makeApplication().test(.router) { client in
            var (seen, waiting): ([String: String], [String]) = ([:], first)
            while let address = waiting.popLast() {
                guard seen[address] == nil else { continue }
                let answer = try await client.get(address, headers)
                #expect(answer.status.code < 500, "\(address) answered \(answer.status)")
                seen[address] = answer.text
                // Buttons of a search lead to searches without end.
                waiting += Self.links(in: answer).filter { !Self.isSearch(address) || !Self.isSearch($0) }
            }
            return seen
        }
    }

    /// Addresses to begin with: of the API with the resident's objects.
    private func starts(for resident: Resident?) throws -> [String] {
        let pages = ["/", "/dashboard/", "/sitemap.xml", "/shared/nothing/"]
        guard let resident else { return pages }
        let samples = MatrixSamples(owner: resident, secrets: .init(of: resident, in: self))
        let reads = server.endpoints().filter { $0.method == .get }
        let searches = ["olgacanary7f3a", "ottocanary2c9d", "canary"].map { "/api/trends?q=\($0)" }
        return try reads.map { try samples.sample($0) }.filter { !$0.isStream }.map(\.address) + pages + searches
    }

    private static func isSearch(_ address: String) -> Bool { address.contains("/search/?q=") }

    /// Paths of this site that a page links to; a redirect is a link, too.
    private static func links(in answer: TestResponse) -> [String] {
        let found = answer.text.matches(of: #/(?:href|action|src)="(\/[^"#]*)/#).map { String($0.1) }
        let all = found + [answer.headers[.location]].compactMap { $0 }
        return all.map { $0.replacing("&amp;", with: "&") }.filter { $0.hasPrefix("/") && !$0.hasPrefix("/assets/") }
    }
}
