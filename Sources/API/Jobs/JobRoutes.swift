import Core

/// A user's jobs: what waits and runs, what failed and why, with an end to them and another try.
struct JobRoutes: Sendable {
    let jobs: any JobListing & JobSteering
    let now: @Sendable () -> Instant

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, .jobs, .user(.jobsRead), "Your jobs, newest first.", list),
            Endpoint(.get, .job(), .user(.jobsRead), "One job.", read),
            Endpoint(.post, .cancelNamedJob, .user(.jobsWrite), "Ends a job that waits or runs.", cancelNamed)
                .failing(.conflict, .notFound),
            Endpoint(.post, .cancelJob(), .user(.jobsWrite), "Ends a job that waits or runs.", cancel)
                .failing(.conflict),
            Endpoint(.post, .retryJob(), .user(.jobsWrite), "Tries a failed or cancelled job again.", retry)
                .failing(.conflict),
        ]
    }

    @Sendable func list(_ input: JobListInput, _ caller: Caller) async throws -> Answer<[Job]> {
        Answer(try await jobs.jobs(of: caller.userID, input.filter, input.paging))
    }

    @Sendable func read(_ input: JobIDInput, _ caller: Caller) async throws -> Answer<Job> {
        guard let job = try await jobs.job(input.id, of: caller.userID) else { throw APIFailure.notFound }
        return Answer(job)
    }

    @Sendable func cancelNamed(_ input: NamedJobInput, _ caller: Caller) async throws -> Answer<Job> {
        try await cancel(input.id, caller)
    }

    @Sendable func cancel(_ input: JobIDInput, _ caller: Caller) async throws -> Answer<Job> {
        try await cancel(input.id, caller)
    }

    /// Asking twice is no mistake; asking after the end is.
    private func cancel(_ id: JobID, _ caller: Caller) async throws -> Answer<Job> {
        let steered = try await jobs.cancelJob(id, of: caller.userID, now: now())
        guard ![.completed, .failed].contains(steered.job.status) else {
            throw APIFailure.conflict("This job has ended already.")
        }
        return Answer(steered.job, change: steered.change, page: .dashboard)
    }

    @Sendable func retry(_ input: JobIDInput, _ caller: Caller) async throws -> Answer<Job> {
        let steered = try await jobs.retryJob(input.id, of: caller.userID, now: now())
        guard steered.change != nil else {
            let isDone = steered.job.status == .completed
            throw APIFailure.conflict(
                isDone ? "This job is done." : "This job, or another like it, waits or runs already.")
        }
        return Answer(steered.job, change: steered.change, page: .dashboard)
    }
}
