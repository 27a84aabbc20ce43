import Foundation
import Testing

/// What a browser sends, one request at a time: it keeps cookies, and follows nothing by itself.
final class Browser {
    struct Answer {
        let status: Int
        let headers: [(name: String, value: String)]
        let body: String

        subscript(name: String) -> String? { headers.first { $0.name == name.lowercased() }?.value }

        /// The path that a redirect leads to.
        var location: String? { self["location"] }
        var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:] }
        var data: [String: Any] { json["data"] as? [String: Any] ?? [:] }
    }

    let address: String
    private(set) var cookies: [String: String] = [:]

    init(_ address: String) {
        self.address = address
    }

    func get(_ path: String) async throws -> Answer { try await send("GET", path, ["Accept: text/html,*/*"]) }

    /// A form as a page of the same site sends it.
    func post(_ path: String, _ fields: [String: String] = [:]) async throws -> Answer {
        let body = fields.map { "\($0)=\(Self.encoded($1))" }.sorted().joined(separator: "&")
        let type = "Content-Type: application/x-www-form-urlencoded"
        return try await send("POST", path, [type, "Accept: text/html,*/*", "Sec-Fetch-Site: same-origin"], body)
    }

    func send(_ method: String, _ path: String, _ headers: [String] = [], _ body: String = "") async throws -> Answer {
        let wire = try Wire(to: address)
        let host = address.replacingOccurrences(of: "http://", with: "")
        var lines = ["\(method) \(path) HTTP/1.1", "Host: \(host)", "Connection: close"] + headers
        if method != "GET" { lines.append("Content-Length: \(body.utf8.count)") }
        let jar = cookies.map { "\($0)=\($1)" }.sorted().joined(separator: "; ")
        if !jar.isEmpty { lines.append("Cookie: \(jar)") }
        try wire.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        let answer = try Self.parsed(await wire.received())
        keep(answer)
        return answer
    }

    private func keep(_ answer: Answer) {
        for case ("set-cookie", let value) in answer.headers {
            let parts = value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            let isOver = value.contains("Max-Age=0") || parts.count < 2
            cookies[parts[0]] = isOver ? nil : parts[1]
        }
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    private static func parsed(_ text: String) throws -> Answer {
        let end = try #require(text.range(of: "\r\n\r\n"), "no whole answer came: \(text.prefix(200))")
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let headers = lines.dropFirst().map { line -> (name: String, value: String) in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (parts[0].lowercased(), parts.last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "")
        }
        let status = try #require(Int(lines[0].split(separator: " ").dropFirst().first ?? ""))
        return Answer(status: status, headers: headers, body: String(text[end.upperBound...]))
    }
}

/// Looks until it holds, for at most half a minute.
func eventually(_ what: String, _ holds: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while try await !holds() {
        try #require(ContinuousClock.now < deadline, "never: \(what)")
        try await Task.sleep(for: .milliseconds(20))
    }
}
