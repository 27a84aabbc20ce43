import CCurl
import Foundation

/// An address taken apart by the same parser that will connect to it, so that check and use cannot differ.
final class ParsedAddress {
    private let handle: OpaquePointer

    /// `nil` for what is no absolute address. Any scheme is parsed; spaces and letters beyond ASCII are percent-encoded.
    init?(_ text: String) {
        guard let handle = curl_url() else { return nil }
        self.handle = handle
        guard set(text) else { return nil }
    }

    deinit {
        curl_url_cleanup(handle)
    }

    /// Goes where a link with this text leads, seen from here: relative, or a whole address. False when it is neither.
    func follow(_ link: String) -> Bool { set(link) }

    /// Without the fragment, which is nobody's business but the reader's.
    var text: String? {
        curl_url_set(handle, CURLUPART_FRAGMENT, nil, 0)
        return part(CURLUPART_URL)
    }

    var scheme: String { part(CURLUPART_SCHEME)?.lowercased() ?? "" }
    /// As the name system knows it, also where it was written in other letters.
    var host: String { part(CURLUPART_HOST)?.lowercased() ?? "" }
    /// As it was written; `nil` when it was not.
    var port: Int? { part(CURLUPART_PORT).flatMap { Int($0) } }
    var path: String { part(CURLUPART_PATH) ?? "" }
    var query: String? { part(CURLUPART_QUERY) }
    /// Decoded; `nil` as well when it decodes to control characters.
    var user: String? { part(CURLUPART_USER, CURLU_URLDECODE) }
    var password: String? { part(CURLUPART_PASSWORD, CURLU_URLDECODE) }

    /// Scheme, host and port: what a credential may not leave.
    var origin: String { "\(scheme)://\(host):\(part(CURLUPART_PORT, CURLU_DEFAULT_PORT) ?? "")" }

    private func set(_ text: String) -> Bool {
        guard !text.utf8.contains(0) else { return false }
        let flags = UInt32(CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE)
        guard curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK else { return false }
        guard host.utf8.contains(where: { $0 >= 0x80 }) else { return true }
        guard let ascii = Self.ascii(host: host) else { return false }
        return curl_url_set(handle, CURLUPART_HOST, ascii, 0) == CURLUE_OK
    }

    /// Punycode. libcurl would read the letters in the encoding of the process's locale, which may be none.
    static func ascii(host: String) -> String? {
        var components = URLComponents()
        components.host = host
        return components.encodedHost?.lowercased()
    }

    private func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, UInt32(flags)) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
