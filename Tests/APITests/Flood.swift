import Core
import Synchronization

/// More news than any client takes, 100 kB at a time, for whoever asks.
final class Flood: UpdateReading {
    private struct State {
        var bells: [AsyncStream<ChangeNews>.Continuation] = []
        var told = 0
    }

    private let state = Mutex(State())

    /// How many updates were read.
    var told: Int { state.withLock { $0.told } }

    func more() {
        let news = ChangeNews(sites: [], topics: [], isIncomplete: true)
        for bell in state.withLock({ $0.bells }) { bell.yield(news) }
    }

    func changes() -> AsyncStream<ChangeNews> {
        let (news, bell) = AsyncStream.makeStream(of: ChangeNews.self, bufferingPolicy: .bufferingNewest(1))
        state.withLock { $0.bells.append(bell) }
        return news
    }

    func updates(of users: Set<UserID>) -> [UserID: UserUpdate] {
        let number = state.withLock { state in
            state.told += 1
            return state.told
        }
        let jobs = (0..<1000).map {
            RunningJob(id: JobID(rawValue: "\($0)"), name: String(repeating: "x", count: 80), progress: Double(number))
        }
        return Dictionary(
            uniqueKeysWithValues: users.map { user in
                let head = SiteHead(
                    key: "k", name: .user(user), revision: 1, feedVersion: 1, sections: Section.allCases.map { _ in 1 })
                return (user, UserUpdate(head: head, running: jobs, sessionCount: 1))
            })
    }
}
