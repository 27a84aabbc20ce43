import Core

extension AnswerMeta {
    static let shape = Shape<AnswerMeta>(schema: schema, example: .object([:])) { meta, writer in
        writer.object { writer in
            if let pagination = meta.pagination {
                writer.key("pagination")
                Pagination.shape.write(pagination, &writer)
            }
            if let usage = meta.usage {
                writer.key("usage")
                Usage.shape.write(usage, &writer)
            }
        }
    }

    private static let schema = Schema.object(
        [("pagination", Pagination.shape.schema), ("usage", Usage.shape.schema)], required: []
    ).named("Meta")
}

extension AnswerMeta.Pagination: Described {
    static let shape = Shape<Self>.object(
        "Pagination",
        [
            Property("page", .integer(like: 1), "Counted from 1.") { $0.page },
            Property("limit", .integer(like: 20), "Entries a page.") { $0.limit },
            Property("total", .integer(like: 42), "Entries of the whole list.") { $0.total },
            Property("totalPages", .integer(like: 3)) { $0.totalPages },
        ])
}

extension AnswerMeta.Usage: Described {
    static let shape = Shape<Self>.object(
        "Usage",
        [
            Property("current", .integer(like: 3), "Used up in this period.") { $0.current },
            Property("limit", .integer(like: 50)) { $0.limit },
            Property("remaining", .integer(like: 47)) { $0.remaining },
        ])
}
