import Core
import Glibc
import NIOCore

/// Why the server cannot listen, in words an operator can act on.
package enum ListenFailure {
    /// The setting behind what the system said; any other error as it is.
    package static func explained(_ error: any Error, address: String, port: Int) -> any Error {
        if error is SocketAddressError.UnknownHost {
            return ValidationError(
                field: "KAPTURE_HOST", rule: "must be an address of this machine or a name for one, not \(address)")
        }
        guard let failure = error as? IOError else { return error }
        return switch failure.errnoCode {
        case EADDRINUSE:
            ValidationError(
                field: "KAPTURE_PORT", rule: "must be free, but another program listens on \(address):\(port)")
        case EACCES:
            ValidationError(field: "KAPTURE_PORT", rule: "must be one that this user may listen on, not \(port)")
        case EADDRNOTAVAIL:
            ValidationError(field: "KAPTURE_HOST", rule: "must be an address of this machine, not \(address)")
        default: error
        }
    }
}
