import CoreMetrics

/// Counts publishes by outcome, and how long those took that wrote something.
enum PublishRecord {
    private static let duration = Timer(label: "kapture_publish_duration")
    private static let written = counter("published"), current = counter("current"), gone = counter("gone")
    private static let failed = counter("failed")

    static func timing(_ publish: () throws -> Publication?) throws -> Publication? {
        let start = ContinuousClock.now
        do {
            let publication = try publish()
            note(publication, ContinuousClock.now - start)
            return publication
        } catch {
            failed.increment()
            throw error
        }
    }

    private static func note(_ publication: Publication?, _ took: Duration) {
        guard let publication else { return gone.increment() }
        guard publication.isNew else { return current.increment() }
        written.increment()
        let (seconds, attoseconds) = took.components
        duration.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    private static func counter(_ outcome: String) -> Counter {
        Counter(label: "kapture_publishes", dimensions: [("outcome", outcome)])
    }
}
