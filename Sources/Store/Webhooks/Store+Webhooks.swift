import Core
import SQL

extension Store: WebhookRecording {
    package func record(_ event: WebhookEvent, now: Instant) async throws -> Bool {
        let job: JobID = makeID(now)
        return try await enqueuing { connection in
            let isNew = try connection.execute(
                """
                INSERT INTO webhook_events (source, event_id, type, body, received_at)
                VALUES (\(event.source), \(event.eventID), \(event.type), \(event.body), \(now))
                ON CONFLICT (source, event_id) DO NOTHING
                """)
            guard isNew == 1 else { return false }
            let request = ApplyWebhookJob(source: event.source, eventID: event.eventID)
            try connection.enqueue(request, JobTerms(priority: 5), id: job, now: now)
            return true
        }
    }

    package func event(source: String, eventID: String) async throws -> WebhookEvent? {
        try await database.read { connection in
            try connection.first(
                """
                SELECT type, body FROM webhook_events
                WHERE source = \(source) AND event_id = \(eventID) AND applied_at IS NULL
                """
            ) { WebhookEvent(source: source, eventID: eventID, type: $0.text(0), body: $0.text(1)) }
        }
    }

    package func markApplied(source: String, eventID: String, now: Instant) async throws {
        try await database.write { connection in
            try connection.execute(
                """
                UPDATE webhook_events SET applied_at = \(now), body = ''
                WHERE source = \(source) AND event_id = \(eventID) AND applied_at IS NULL
                """)
        }
    }
}

extension Store {
    /// Empties the bodies of events that came before `moment` and were never applied. Returns how many.
    package func forgetEvents(before moment: Instant) async throws -> Int {
        try await database.write { connection in
            try connection.execute(
                "UPDATE webhook_events SET body = '' WHERE received_at < \(moment) AND body <> ''")
        }
    }
}
