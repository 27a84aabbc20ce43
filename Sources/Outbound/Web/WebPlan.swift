import CCurl
import Core

/// One HTTP request without its redirects.
struct WebPlan: TransferPlan {
    let address: String
    let request: OutboundRequest
    let isGuarded: Bool
    let timeout: Duration
    let userAgent: String

    var sizeLimit: Int { request.sizeLimit }
    var upload: [UInt8] { [] }

    func configure(_ handle: CurlHandle) {
        handle.set(CURLOPT_URL, address)
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_FOLLOWLOCATION, 0)
        handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        handle.set(CURLOPT_USERAGENT, userAgent)
        handle.set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate, br, zstd")
        if request.method == .post { handle.setPost(request.body) }
        // "Name;" is how libcurl takes a header without a value.
        let headers = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        handle.set(CURLOPT_HTTPHEADER, lines: headers + ["Expect:"])
    }
}
