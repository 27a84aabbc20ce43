import CCurl
import Core

extension ServiceFailure {
    /// What a failed transfer means to whoever asked for it.
    init(web failure: TransferFailure, of request: OutboundRequest) {
        switch failure {
        case .refusedAddress:
            self.init(request.service, .blocked, "The address is not on the public internet, so it is not opened.")
        case .tooLarge:
            let limit = request.sizeLimit >= 1 << 20 ? "\(request.sizeLimit >> 20) MB" : "\(request.sizeLimit) bytes"
            self.init(request.service, .structural, "The answer is larger than \(limit).")
        case .stopped:
            self.init(request.service, .transient, "Kapture is shutting down.")
        case .failed(let code, _):
            let (failureClass, reason) = Self.words(CURLcode(code), request)
            self.init(request.service, failureClass, reason)
        }
    }

    private static func words(_ code: CURLcode, _ request: OutboundRequest) -> (FailureClass, String) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: (.transient, "The address's host was not found.")
        case CURLE_COULDNT_CONNECT: (.transient, "The other side does not answer.")
        case CURLE_OPERATION_TIMEDOUT:
            (.transient, "There was no whole answer within \(request.timeout.components.seconds) seconds.")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
            (.structural, "The other side's certificate is not valid.")
        case CURLE_SSL_CONNECT_ERROR: (.transient, "No secure connection came about.")
        case CURLE_BAD_CONTENT_ENCODING: (.structural, "The answer is compressed in a way that cannot be read.")
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_HTTP2:
            (.structural, "The other side does not speak HTTP as it should.")
        default: (.transient, "The connection broke off.")
        }
    }
}
