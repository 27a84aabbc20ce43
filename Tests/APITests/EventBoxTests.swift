import Core
import Synchronization
import Testing

@testable import API

@Suite("What one stream has to tell")
struct EventBoxTests {
    private func update(
        _ revision: Int64, _ sections: [Section: Int64] = [:], _ running: [RunningJob] = [], sessions: Int = 1
    ) -> UserUpdate {
        let head = SiteHead(
            key: "k", name: .user(UserID(rawValue: "u")), revision: revision, feedVersion: 1,
            sections: Section.allCases.map { sections[$0] ?? 1 })
        return UserUpdate(head: head, running: running, sessionCount: sessions)
    }

    private func box(_ hangUp: @escaping @Sendable () -> Void = {}) -> EventBox {
        EventBox(of: UserID(rawValue: "u"), hangUp: hangUp)
    }

    @Test("holds only how things stand now, whatever came meanwhile")
    func bounded() {
        let box = box()
        for revision in 1...10_000 { box.offer(update(Int64(revision))) }
        #expect(box.take()?.update?.head.revision == 10_000)
        #expect(box.take()?.update == nil)
    }

    @Test("is rung for news only, and doubts its session when there are fewer than before")
    func news() {
        let box = box()
        box.begin(with: update(5, sessions: 2))
        box.offer(update(5, sessions: 2))
        #expect(box.take().map { $0.update == nil && !$0.isDoubted } == true)
        box.offer(update(6, sessions: 3))
        #expect(box.take().map { $0.update != nil && !$0.isDoubted } == true)
        box.offer(update(6, sessions: 2))
        box.offer(update(7, sessions: 2))
        #expect(box.take().map { $0.update?.head.revision == 7 && $0.isDoubted } == true)
    }

    @Test("names every section that changed since it told last")
    func sections() {
        var teller = EventTeller(last: nil)
        let (greeting, nothing) = (teller.greeting(update(5), retry: .seconds(3)), teller.events(update(5)))
        #expect(greeting.hasPrefix("retry: 3000\nid: 5\nevent: hello\n") && nothing == nil)
        let text = teller.events(update(8, [.dashboard: 6, .trendLists: 8, .trendPages: 7]))
        let addresses = #""addresses":["/dashboard/","/trends/"]"#
        #expect(text?.contains(#""sections":["dashboard","trend_lists","trend_pages"],\#(addresses)"#) == true)
        let everywhere = teller.events(update(9, [.frame: 9]))
        #expect(everywhere?.contains(#""addresses":["/"]"#) == true)
    }

    @Test("keeps an event on one line, whatever a job is called")
    func oneLine() throws {
        var teller = EventTeller(last: 1)
        let job = RunningJob(id: JobID(rawValue: "a\nid: 9"), name: "x\n\nevent: end", progress: 1)
        let (told, again) = (teller.events(update(1, [:], [job])), teller.events(update(1, [:], [job])))
        let text = try #require(told)
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == 4)
        #expect(again == nil)
    }

    @Test("is hung up on when its client does not read, or the server ends meanwhile", arguments: [true, false])
    func stuck(byShutdown: Bool) {
        let hung = Mutex(0)
        let (box, now) = (box { hung.withLock { $0 += 1 } }, ContinuousClock.now)
        box.writing(since: now)
        box.tick(now + .seconds(29), patience: .seconds(30))
        #expect(hung.withLock { $0 } == 0 && box.take() != nil)
        if byShutdown { box.end() } else { box.tick(now + .seconds(30), patience: .seconds(30)) }
        #expect(hung.withLock { $0 } == 1 && box.take() == nil)
    }

    @Test("is let end in peace when it is not writing")
    func idleEnd() {
        let hung = Mutex(0)
        let box = box { hung.withLock { $0 += 1 } }
        box.writing(since: .now)
        box.writing(since: nil)
        box.end()
        #expect(hung.withLock { $0 } == 0 && box.take() == nil)
    }
}
