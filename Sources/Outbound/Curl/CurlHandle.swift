import CCurl

/// One transfer's handle of libcurl, with what must live as long. Used on the event thread alone.
final class CurlHandle {
    let pointer: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []

    /// `nil` when memory is short.
    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
        for list in lists { curl_slist_free_all(list) }
    }

    func set(_ option: CURLoption, _ value: Int) {
        kcurl_set_number(pointer, option, value)
    }

    /// libcurl keeps a copy.
    func set(_ option: CURLoption, _ text: String) {
        kcurl_set_text(pointer, option, text)
    }

    func set(_ option: CURLoption, lines: [String]) {
        guard let list = lines.reduce(nil, { curl_slist_append($0, $1) }) else { return }
        lists.append(list)
        kcurl_set_list(pointer, option, list)
    }

    /// The body of a POST; libcurl keeps a copy.
    func setPost(_ body: [UInt8]) {
        kcurl_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, Int(body.count))
        body.withUnsafeBytes { bytes in
            // An empty array has no address, and without one libcurl would read from standard input.
            var nothing: UInt8 = 0
            let start = bytes.baseAddress.map(UnsafeMutableRawPointer.init(mutating:))
            withUnsafeMutableBytes(of: &nothing) {
                _ = kcurl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, start ?? $0.baseAddress)
            }
        }
    }

    var responseCode: Int { kcurl_get_number(pointer, CURLINFO_RESPONSE_CODE) }
}

extension Duration {
    /// At least 1, since libcurl takes 0 for "for ever".
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
