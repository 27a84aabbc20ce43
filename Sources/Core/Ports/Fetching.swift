/// One request to the outside.
package struct OutboundRequest: Sendable {
    package enum Method: String, Sendable { case get = "GET", post = "POST" }

    /// The stable name of the service it belongs to: limits, logs and failures speak of it.
    package let service: String
    package let method: Method
    /// Absolute, http or https.
    package let url: String
    package var headers: [(name: String, value: String)] = []
    package var body: [UInt8] = []
    /// From the first packet to the last byte of the answer.
    package var timeout: Duration = .seconds(20)
    /// Bytes of the body, decompressed, above which the answer is refused.
    package var sizeLimit = 4 << 20
    /// Redirects of a GET that are followed, each checked like the first address; those of a POST are the answer.
    package var redirectLimit = 5
    /// Whether a user or a scraped page supplied the address: only public addresses are connected then. What an address
    /// of the operator's leads to is guarded as soon as it is elsewhere.
    package var isGuarded = true

    package init(_ method: Method = .get, _ url: String, service: String) {
        (self.method, self.url, self.service) = (method, url, service)
    }
}

package struct OutboundResponse: Sendable {
    package let status: Int
    /// Lower-case names, in the order received.
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    package init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
        (self.status, self.headers, self.body) = (status, headers, body)
    }

    /// The first header of this lower-case name.
    package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// The one guarded way out over HTTP.
package protocol Fetching: Sendable {
    /// Any answer, whatever its status. Throws `ServiceFailure` when there was none, it was too large or late, or the
    /// address is refused; a cancelled task throws `CancellationError` at once.
    func fetch(_ request: OutboundRequest) async throws -> OutboundResponse
}
