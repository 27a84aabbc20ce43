import Core

/// How a worker works.
package struct WorkerSettings: Sendable {
    /// Names this worker in the rows that it holds: unique over all that run.
    package var name: String
    /// Jobs at once in each queue without a number of its own.
    package var concurrency = 4
    /// Jobs at once by queue. A queue that no registered job names, such as a folder's, is worked when it stands here.
    package var places: [JobQueue: Int] = [.upkeep: 1, .isolated: 1]
    /// Work no other queues than these; `nil` for all that registered jobs name.
    package var onlyQueues: Set<JobQueue>?
    /// Another worker takes a job over when its holder was not heard of for so long.
    package var lease: Duration = .seconds(3)
    /// How often leases are extended: several times a lease.
    package var heartbeat: Duration = .seconds(1)
    /// How often the queue is looked at when nobody wakes the worker. With `lease`, it bounds how long a job waits whose
    /// worker died.
    package var poll: Duration = .milliseconds(500)
    /// How long an interrupted job may take to end before it is settled without waiting for it.
    package var grace: Duration = .seconds(5)

    package init(name: String) {
        self.name = name
    }

    /// How many jobs at once in each queue.
    func places(for registry: JobRegistry) -> [JobQueue: Int] {
        let queues = onlyQueues ?? registry.queues.union(places.keys)
        return Dictionary(uniqueKeysWithValues: queues.map { ($0, places[$0] ?? concurrency) })
    }
}
