import Core

extension Job: Described {
    static let shape = Shape<Job>.object("Job", stateProperties + timeProperties)

    /// The seed's names where it has them.
    private static let stateProperties: [Property<Job>] = [
        Property("id", .id()) { $0.id },
        Property("job_type", .text(like: "delete-account"), "What it does.") { $0.name },
        Property("status", .choice()) { $0.status },
        Property("attempts", .integer(like: 1), "Attempts begun.") { Int64($0.state.tries.done) },
        Property("max_attempts", .integer(like: 5)) { Int64($0.state.tries.most) },
        Property("progress", .number(like: 0.4), "0 to 1, when the job tells it.") { $0.state.progress },
        Property("failure_class", .choice(), "What can be done about the last failure.") {
            $0.state.failure?.failureClass
        },
        Property("error_message", .text(like: "Reddit does not answer."), "Why the last attempt failed.") {
            $0.state.failure?.reason
        },
        Property("is_cancel_requested", .bool, "Whether it runs but was asked to end.") { $0.state.isCancelRequested },
    ]

    private static let timeProperties: [Property<Job>] = [
        Property("scheduled_at", .instant, "Not before this moment.") { $0.times.runAt },
        Property("started_at", .instant, "When the last attempt began.") { $0.times.startedAt },
        Property("completed_at", .instant, "When it ended, however it did.") { $0.times.completedAt },
        Property("created_at", .instant) { $0.times.createdAt },
        Property("updated_at", .instant) { $0.times.updatedAt },
    ]
}
