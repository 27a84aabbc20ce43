extension APIRoute {
    package static let jobs = APIRoute("/api/jobs")
    /// The seed's address, which names the job in its body.
    package static let cancelNamedJob = APIRoute("/api/jobs/cancel")

    package static func job(_ id: JobID = .placeholder) -> APIRoute { APIRoute("/api/jobs/\(id)") }

    package static func cancelJob(_ id: JobID = .placeholder) -> APIRoute { APIRoute("/api/jobs/\(id)/cancel") }

    package static func retryJob(_ id: JobID = .placeholder) -> APIRoute { APIRoute("/api/jobs/\(id)/retry") }
}
