import Core
import Store
import TestSupport
import Testing

@Suite("Quota ledger")
struct QuotaLedgerTests {
    private let now = StoreFixture.start

    private func ledger(_ limits: [PlanLimit: Int64]) async throws -> (StoreFixture, QuotaLedger) {
        let fixture = try await StoreFixture()
        return (fixture, QuotaLedger(fixture.store, plans: try .only(limits)))
    }

    private func used(_ limit: PlanLimit, _ ledger: QuotaLedger, _ fixture: StoreFixture) async throws -> Int64? {
        try await ledger.usage(of: fixture.user, now: now)?[limit].current
    }

    @Test("A reservation counts at once; settled it stays, refunded it goes; saying either twice changes nothing")
    func lifecycle() async throws {
        let (fixture, ledger) = try await ledger([.scrapes: 10])
        let claim = QuotaClaim(3, of: .scrapes, for: fixture.user)
        let (first, second) = (
            try await ledger.reserve(claim, now: now), try await ledger.reserve(claim, now: now)
        )
        #expect(first.usage == Usage(current: 3, limit: 10) && second.usage.remaining == 4)

        #expect(try await ledger.settle(first.id, now: now) != nil)
        #expect(try await ledger.settle(first.id, now: now) == nil)
        #expect(try await ledger.refund(first.id, now: now) == nil)
        #expect(try await ledger.refund(second.id, now: now) != nil)
        #expect(try await ledger.settle(second.id, now: now) == nil)
        #expect(try await used(.scrapes, ledger, fixture) == 3)
    }

    @Test("Work that used less settles for less, and never for more", arguments: [(0, 0), (2, 2), (9, 5), (-1, 0)])
    func partly(units: Int64, counted: Int64) async throws {
        let (fixture, ledger) = try await ledger([.aiGenerations: 10])
        let held = try await ledger.reserve(QuotaClaim(5, of: .aiGenerations, for: fixture.user), now: now)

        _ = try await ledger.settle(held.id, units: units, now: now)
        #expect(try await used(.aiGenerations, ledger, fixture) == counted)
    }

    @Test("What does not fit is refused whole, with the limit, what is left and when it begins anew")
    func refusal() async throws {
        let (fixture, ledger) = try await ledger([.scrapes: 10])
        _ = try await ledger.reserve(QuotaClaim(8, of: .scrapes, for: fixture.user), now: now)

        let refused = await #expect(throws: QuotaExceeded.self) {
            try await ledger.reserve(QuotaClaim(3, of: .scrapes, for: fixture.user), now: now)
        }
        #expect(refused?.usage == Usage(current: 8, limit: 10))
        #expect(
            refused?.reason
                == "Your plan has 10 scrapes in this period and 2 are left; they begin anew on 1 Dec 2026.")
        await #expect(throws: QuotaExceeded.self) {
            try await ledger.reserve(QuotaClaim(11, of: .downloads, for: fixture.user), now: now)
        }
        #expect(try await used(.scrapes, ledger, fixture) == 8)
    }

    @Test("A new month begins with nothing used; what was reserved in the old one is settled there")
    func months() async throws {
        let (fixture, ledger) = try await ledger([.scrapes: 2])
        let december = CivilTime(year: 2026, month: 12, day: 1).instant
        let old = try await ledger.reserve(
            QuotaClaim(2, of: .scrapes, for: fixture.user, seconds: 90 * 86_400), now: now)

        let new = try await ledger.reserve(QuotaClaim(of: .scrapes, for: fixture.user), now: december)
        _ = try await ledger.settle(old.id, now: december)
        #expect(new.usage.current == 1)
        #expect(try await ledger.usage(of: fixture.user, now: december)?[.scrapes].current == 1)
        #expect(try await used(.scrapes, ledger, fixture) == 2)
        #expect(try await ledger.archivePeriods(endedBefore: december, now: december) == 1)
        #expect(try await ledger.archivePeriods(endedBefore: december, now: december) == 0)
    }

    @Test("Every changed count bumps the site, for the dashboard and the settings; a refused one does not")
    func revisions() async throws {
        let (fixture, ledger) = try await ledger([.scrapes: 1])
        let held = try await ledger.reserve(QuotaClaim(of: .scrapes, for: fixture.user), now: now)
        let head = try #require(try fixture.store.withSnapshot(of: held.change.site) { $0.head })
        #expect(head.revision == held.change.revision)
        #expect(Set(Section.allCases.filter { head.revision(of: $0) == head.revision }) == [.dashboard, .settings])

        _ = try? await ledger.reserve(QuotaClaim(of: .scrapes, for: fixture.user), now: now)
        let settled = try await ledger.settle(held.id, now: now)
        _ = try await ledger.settle(held.id, now: now)
        #expect(settled?.revision == head.revision + 1)
        #expect(try fixture.store.version(of: held.change.site)?.revision == head.revision + 1)
    }

    @Test("Units of whoever never came back are free again at their time, for the next who asks and for the sweep")
    func expiry() async throws {
        let (fixture, ledger) = try await ledger([.scrapes: 2])
        let claim = QuotaClaim(2, of: .scrapes, for: fixture.user, seconds: 60)
        let lost = try await ledger.reserve(claim, now: now)
        await #expect(throws: QuotaExceeded.self) { try await ledger.reserve(claim, now: now.adding(seconds: 59)) }

        _ = try await ledger.reserve(claim, now: now.adding(seconds: 60))
        #expect(try await ledger.settle(lost.id, now: now.adding(seconds: 61)) == nil)
        #expect(try await ledger.releaseExpired(now: now.adding(seconds: 119)) == [])
        let changes = try await ledger.releaseExpired(now: now.adding(seconds: 120))
        #expect(changes.map(\.site) == [.user(fixture.user)])
        #expect(try await used(.scrapes, ledger, fixture) == 0)
    }

    @Test("A reservation that is extended outlives its time, an ended one cannot be extended")
    func extending() async throws {
        let (fixture, ledger) = try await ledger([.scrapes: 2])
        let held = try await ledger.reserve(QuotaClaim(of: .scrapes, for: fixture.user, seconds: 60), now: now)

        #expect(try await ledger.extend(held.id, until: now.adding(seconds: 120)))
        #expect(try await ledger.releaseExpired(now: now.adding(seconds: 100)) == [])
        #expect(try await ledger.settle(held.id, now: now.adding(seconds: 110)) != nil)
        #expect(try await !ledger.extend(held.id, until: now.adding(seconds: 500)))
    }

    @Test("Storage is held over months in bytes, and given back when files go")
    func storage() async throws {
        let (fixture, ledger) = try await ledger([.storageGB: 2])
        let file = try await ledger.reserve(QuotaClaim(1_500_000_000, of: .storageGB, for: fixture.user), now: now)
        _ = try await ledger.settle(file.id, units: 1_200_000_000, now: now)

        let later = now.adding(hours: 24 * 90)
        let refused = await #expect(throws: QuotaExceeded.self) {
            try await ledger.reserve(QuotaClaim(800_000_001, of: .storageGB, for: fixture.user), now: later)
        }
        #expect(refused?.usage == Usage(current: 1_200_000_000, limit: 2_000_000_000))
        #expect(refused?.renewal == nil && refused?.reason.contains("2 GB of storage. Delete") == true)
        _ = try await ledger.giveBack(1_200_000_000, of: .storageGB, for: fixture.user, now: later)
        #expect(try await ledger.giveBack(5, of: .storageGB, for: fixture.user, now: later) == nil)
        #expect(try await ledger.usage(of: fixture.user, now: later)?[.storageGB].current == 0)
    }

    @Test("Watchlists and ideaboards above what the plan allows are refused by the statement that would insert them")
    func held() async throws {
        let (fixture, ledger) = try await ledger([.watchlists: 2, .ideaboards: 1])
        let (store, user) = (fixture.store, fixture.user)
        let lists = try await ledger.allowance(of: .watchlists, for: user)
        for name in ["a", "b"] {
            _ = try store.createWatchlist(name, rule: .everything, for: user, within: lists, now: now)
        }
        let before = try store.version(of: .user(user))

        #expect(throws: QuotaExceeded(.watchlists, Usage(current: 2, limit: 2))) {
            try store.createWatchlist("c", rule: .everything, for: user, within: lists, now: now)
        }
        #expect(try store.version(of: .user(user)) == before)
        try store.createIdeaboard("One", content: "", for: user, within: 1, now: now)
        #expect(throws: QuotaExceeded(.ideaboards, Usage(current: 1, limit: 1))) {
            try store.createIdeaboard("Two", content: "", for: user, within: 1, now: now)
        }
        #expect(try await used(.watchlists, ledger, fixture) == 2)
        #expect(try await used(.ideaboards, ledger, fixture) == 1)
    }

    @Test("A plan that is no longer offered has the smallest one's limits; nobody is no user")
    func unknown() async throws {
        let (fixture, ledger) = try await ledger([.scrapes: 7])
        _ = try fixture.store.setPlan("gone", of: fixture.user, now: now)

        #expect(try await ledger.usage(of: fixture.user, now: now)?[.scrapes].limit == 7)
        let nobody = UserID(at: now, randomness: (1, 2))
        #expect(try await ledger.usage(of: nobody, now: now) == nil)
        await #expect(throws: StoreFailure.self) {
            try await ledger.reserve(QuotaClaim(of: .scrapes, for: nobody), now: now)
        }
    }

    @Test("The page's meter and the answer's show the same")
    func meter() async throws {
        let (fixture, ledger) = try await ledger([.scrapes: 7, .watchlists: 3])
        _ = try fixture.store.createWatchlist("a", rule: .everything, for: fixture.user, now: now)
        _ = try await ledger.reserve(QuotaClaim(4, of: .scrapes, for: fixture.user), now: now)

        let report = try #require(try await ledger.usage(of: fixture.user, now: now))
        let page = try fixture.store.withSnapshot(of: .user(fixture.user)) { try $0.usage(at: now) }
        #expect(page == report.tally)
        #expect(page?[.scrapes] == 4 && page?[.watchlists] == 1)
    }
}
