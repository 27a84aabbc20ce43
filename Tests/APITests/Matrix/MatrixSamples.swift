import Core
import HTTPTypes
import NIOCore
import TestSupport

@testable import API

/// A request for a route that means one resident's objects. A route whose path or body names an object that is not
/// listed here has no sample, and fails the matrix until it is.
struct MatrixSamples {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    struct Sample {
        let endpoint: Endpoint
        let address: String
        let body: JSON?
        /// Instead of a body of fields.
        var file: (type: String, bytes: [UInt8])?

        var name: String { "\(endpoint.method) \(endpoint.path)" }
        /// Whether its answer goes on for as long as somebody listens: what it tells whom has tests of its own.
        var isStream: Bool { if case .events = endpoint.answer { true } else { false } }
        /// Whether an object of the owner's stands in the address.
        var namesObject: Bool { ["{id}", "{file}", "{digest}"].contains { endpoint.path.contains($0) } }
    }

    let owner: Resident
    /// What only the owner knows; everybody else guesses.
    let secrets: Secrets

    struct Secrets {
        var reset = String(repeating: "A", count: 43)
        var feed = String(repeating: "A", count: 43)
        var password = "wrong horse battery"

        static let guessed = Secrets()

        private init() {}

        init(of owner: Resident, in house: RealHouse) {
            reset = owner.links.reset
            feed =
                FeedToken(key: house.store.serverKey, user: owner.user, watchlist: owner.watchlist, version: 1).text
            password = Resident.password
        }
    }

    func sample(_ endpoint: Endpoint) throws -> Sample {
        let parts = try endpoint.path.split(separator: "/", omittingEmptySubsequences: false).map { part in
            guard part.hasPrefix("{") else { return String(part) }
            return try place(String(part), in: endpoint.path)
        }
        let address = parts.joined(separator: "/") + (try query(of: endpoint))
        if let terms = endpoint.file {
            return Sample(endpoint: endpoint, address: address, body: nil, file: file(terms))
        }
        return Sample(endpoint: endpoint, address: address, body: try body(of: endpoint))
    }

    private func place(_ part: String, in path: String) throws -> String {
        let objects = [
            "/api/trends/{id}": owner.trend.rawValue, "/api/watchlists/{id}": owner.watchlist.rawValue,
            "/api/ideaboards/{id}": owner.board.rawValue, "/ideaboards/{id}": owner.board.rawValue,
            "/api/jobs/{id}": owner.job.rawValue, "/api/sessions/{id}": owner.session.rawValue,
            "/api/collections/{id}": owner.collection.rawValue, "/api/auth/deletions/{id}": owner.job.rawValue,
            "/farewell/{id}": owner.job.rawValue,
            "/api/tokens/{id}": owner.token.id.rawValue, "/feeds/{token}": secrets.feed,
            "/reset/{token}": secrets.reset, "/confirm/{token}": owner.links.email,
            "/feeds/{token}/{file}": owner.watchlist.rawValue + ".xml", "/picture/{digest}": owner.picture.text,
        ]
        let place = String(path.prefix(upTo: path.range(of: part)?.upperBound ?? path.endIndex))
        if let object = objects[place] { return object }
        switch part {
        case "{trend}": return owner.trend.rawValue
        case "{number}": return "1"
        default: throw Missing(description: "\(path) has no sample: say in MatrixSamples what \(part) stands for")
        }
    }

    /// Only the objects that it names: everything else of a query is a filter.
    private func query(of endpoint: Endpoint) throws -> String {
        let fields = endpoint.fields.filter { $0.place == .query && $0.schema.json["format"] == .text("uuid") }
        let pairs = try fields.map { "\($0.name)=\(try value(of: $0, endpoint).text ?? "")" }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    private func body(of endpoint: Endpoint) throws -> JSON? {
        let fields = endpoint.fields.filter { $0.place == .body }
        guard endpoint.isWriting else { return nil }
        return .object(try Dictionary(uniqueKeysWithValues: fields.map { ($0.name, try value(of: $0, endpoint)) }))
    }

    private func file(_ terms: FileTerms) -> (String, [UInt8]) {
        guard terms.place == .form else { return (terms.mediaTypes[0], SamplePicture.png) }
        return SamplePicture.form([(terms.field, SamplePicture.png)])
    }

    private func value(of field: InputField, _ endpoint: Endpoint) throws -> JSON {
        switch (field.name, endpoint.path) {
        case ("trend", _), ("save", _), ("hide", _): return .text(owner.trend.rawValue)
        case ("trends", _), ("ids", _): return .array([.text(owner.trend.rawValue)])
        case ("boards", _): return .array([.text(owner.board.rawValue)])
        case ("add_to", _), ("remove_from", _), ("collection", _): return .text(owner.collection.rawValue)
        case ("board", _): return .text(owner.board.rawValue)
        case ("watchlist", _): return .text(owner.watchlist.rawValue)
        case ("job_id", _): return .text(owner.job.rawValue)
        case ("id", APIRoute.watchlistPreview.path): return .text(owner.watchlist.rawValue)
        case ("token", APIRoute.confirmReset.path): return .text(secrets.reset)
        case ("token", APIRoute.confirm.path): return .text(owner.links.email)
        case ("email", Route.signInForm.path): return .text("\(owner.canary)@example.com")
        case ("email", _): return .text("somebody@example.com")
        case ("current_password", _), ("password", _): return .text(secrets.password)
        default: break
        }
        guard field.schema.json["format"] != .text("uuid"), field.schema.json["items"]?["format"] != .text("uuid")
        else {
            throw Missing(
                description: "\(endpoint.path) has no sample: say in MatrixSamples which object \(field.name) is")
        }
        return field.example
    }
}

extension MatrixSamples.Sample {
    /// The request by which the sample is tried, from a page of the site.
    func headers(_ credentials: HTTPFields) -> HTTPFields {
        var headers = credentials
        headers[.origin] = Harness.origin
        if let file { headers[.contentType] = file.type }
        if body != nil { headers[.contentType] = "application/json" }
        return headers
    }

    var bytes: ByteBuffer? {
        if let file { return ByteBuffer(bytes: file.bytes) }
        guard let body else { return nil }
        var writer = JSONWriter()
        writer.value(body)
        return ByteBuffer(bytes: writer.bytes)
    }

    /// The same request for an object that nobody has.
    var elsewhere: MatrixSamples.Sample {
        let ids = #/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/#
        let nobody = "01990000-0000-7000-8000-00000000dead"
        let digests = #/[0-9a-f]{32}$/#
        let elsewhere = address.replacing(ids, with: nobody).replacing(digests, with: String(repeating: "0", count: 32))
        return MatrixSamples.Sample(endpoint: endpoint, address: elsewhere, body: body, file: file)
    }
}
