import Core

struct JobListInput: Input {
    let filter: JobFilter
    let paging: Paging

    init(_ reader: inout InputReader) {
        var filter = JobFilter()
        filter.statuses = Set(reader.query("status", .list(of: .choice(), 0...5), "Only these; all without it.") ?? [])
        filter.name = reader.query("job_type", .text(1...100), "Only jobs of this kind, such as delete-account.")
        self.filter = filter
        paging = reader.paging()
    }
}

struct JobIDInput: Input {
    let id: JobID

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
    }
}

struct NamedJobInput: Input {
    let id: JobID

    init(_ reader: inout InputReader) {
        id = reader.required("job_id", .id(), "Which job.")
    }
}
