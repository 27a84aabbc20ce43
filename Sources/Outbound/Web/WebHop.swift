import Core

/// One request on the way that redirects lead.
struct WebHop {
    let request: OutboundRequest
    let address: String
    let isGuarded: Bool
    private let origin: String

    /// The first one. Throws what is wrong with the request.
    init(_ request: OutboundRequest) throws(ServiceFailure) {
        guard request.headers.allSatisfy({ Self.isToken($0.name) && Self.isFieldValue($0.value) }) else {
            throw ServiceFailure(request.service, .structural, "A header of the request holds what no header may.")
        }
        guard let parsed = ParsedAddress(request.url) else {
            throw ServiceFailure(request.service, .structural, "The address is not one that can be opened.")
        }
        try self.init(request, parsed, isGuarded: request.isGuarded)
    }

    private init(_ request: OutboundRequest, _ parsed: ParsedAddress, isGuarded: Bool) throws(ServiceFailure) {
        guard ["http", "https"].contains(parsed.scheme) else {
            throw ServiceFailure(request.service, .blocked, "Only http and https addresses are opened.")
        }
        guard let address = parsed.text, !parsed.host.isEmpty else {
            throw ServiceFailure(request.service, .structural, "The address is not one that can be opened.")
        }
        (self.request, self.address, self.isGuarded) = (request, address, isGuarded)
        origin = parsed.origin
    }

    /// Where the answer leads on, or `nil` when it is the last. Only a GET is led on.
    ///
    /// Who set an address vouches for its origin alone: elsewhere, the next hop is guarded and carries no credentials.
    func next(after answer: TransferAnswer) throws(ServiceFailure) -> WebHop? {
        guard request.method == .get, [301, 302, 303, 307, 308].contains(answer.code) else { return nil }
        guard let location = answer.headers.first(where: { $0.name == "location" })?.value else { return nil }
        guard let parsed = ParsedAddress(address), parsed.follow(location) else {
            throw ServiceFailure(request.service, .structural, "The address leads on to one that cannot be opened.")
        }
        let staysHere = parsed.origin == origin
        var request = request
        if !staysHere { request.headers.removeAll { Self.isCredential($0.name) } }
        return try WebHop(request, parsed, isGuarded: isGuarded || !staysHere)
    }

    private static func isCredential(_ name: String) -> Bool {
        ["authorization", "cookie", "proxy-authorization"].contains(name.lowercased())
    }

    /// RFC 9110, 5.6.2.
    private static func isToken(_ name: String) -> Bool {
        let marks = "!#$%&'*+-.^_`|~".utf8
        return !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: marks.contains(byte)
                }
            }
    }

    private static func isFieldValue(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
    }
}
