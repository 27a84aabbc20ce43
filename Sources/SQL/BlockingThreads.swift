import DequeModule
import Foundation
import Synchronization

/// Threads that may block, so that the cooperative pool never does.
final class BlockingThreads: Sendable {
    private typealias Work = @Sendable () -> Void

    /// What the threads hold: not their owner, whose end stops them.
    private final class Queue: Sendable {
        private let waiting = Mutex<Deque<Work?>>([])
        private let count = DispatchSemaphore(value: 0)

        func add(_ work: Work?) {
            waiting.withLock { $0.append(work) }
            count.signal()
        }

        func run() {
            while let work = next() { work() }
        }

        private func next() -> Work? {
            count.wait()
            return waiting.withLock { $0.popFirst() } ?? nil
        }
    }

    private let queue = Queue()
    private let count: Int
    private let name: String
    private let areStarted = Mutex(false)

    /// `name` is what debuggers call them, with a number.
    init(_ count: Int, name: String) {
        (self.count, self.name) = (count, name)
    }

    deinit {
        for _ in 0..<count { queue.add(nil) }
    }

    /// Runs `body` on one of the threads, in order of the calls.
    func perform<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            begin { continuation.resume(with: Result { try body() }) }
        }
    }

    /// Runs `work` on one of the threads, in order of the calls.
    func begin(_ work: @escaping @Sendable () -> Void) {
        start()
        queue.add(work)
    }

    private func start() {
        let isFirst = areStarted.withLock { started in
            defer { started = true }
            return !started
        }
        guard isFirst else { return }
        for number in 0..<count {
            let thread = Thread { [queue] in queue.run() }
            thread.name = "\(name)-\(number)"
            thread.start()
        }
    }
}
