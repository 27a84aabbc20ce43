import Core
import Glibc
import NIOCore
import NIOPosix

/// Where a server listens, and what an operator calls each part of it.
package struct ListeningPlace: Sendable {
    package let address: String
    package let port: Int
    /// Where the two were chosen: a setting or an option.
    package let addressField: String
    package let portField: String

    package init(address: String, port: Int, addressField: String, portField: String) {
        (self.address, self.port) = (address, port)
        (self.addressField, self.portField) = (addressField, portField)
    }

    /// Throws, as `explained` says it, unless a server could listen here at this moment.
    package func check() async throws {
        do {
            let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            try await bootstrap.bind(host: address, port: port).get().close()
        } catch {
            throw explained(error)
        }
    }

    /// Why a server cannot listen here, in words an operator can act on; any other error as it is.
    package func explained(_ error: any Error) -> any Error {
        if error is SocketAddressError.UnknownHost {
            return ValidationError(
                field: addressField, rule: "must be an address of this machine or a name for one, not \(address)")
        }
        guard let failure = error as? IOError else { return error }
        return switch failure.errnoCode {
        case EADDRINUSE:
            ValidationError(field: portField, rule: "must be free, but another program listens on \(address):\(port)")
        case EACCES:
            ValidationError(field: portField, rule: "must be one that this user may listen on, not \(port)")
        case EADDRNOTAVAIL:
            ValidationError(field: addressField, rule: "must be an address of this machine, not \(address)")
        default: error
        }
    }
}
