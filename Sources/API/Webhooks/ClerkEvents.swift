import Core
import Foundation

/// Does what Clerk's events ask for. Applying one twice, late, or in any order gives the same users.
package struct ClerkEvents: Sendable {
    private let issuer: String
    private let accounts: any AccountStoring & IdentityStoring
    private let now: @Sendable () -> Instant

    package init(
        issuer: String, accounts: any AccountStoring & IdentityStoring, now: @escaping @Sendable () -> Instant
    ) {
        (self.issuer, self.accounts, self.now) = (issuer, accounts, now)
    }

    /// What to publish afterwards, if anything. Throws `ServiceFailure` for what is not as Clerk writes it.
    package func apply(_ event: WebhookEvent) async throws -> Change? {
        switch event.type {
        case "user.created", "user.updated":
            let user = try Self.data(ClerkUser.self, of: event)
            return try await accounts.update(
                identity(user.id), user.profile, saidAt: Instant(milliseconds: user.updatedAt), now: now())
        case "user.deleted":
            let gone = try Self.data(ClerkGone.self, of: event)
            if let user = try await accounts.end(identity(gone.id), now: now()) {
                _ = try await accounts.requestDeletion(of: user, now: now())
            }
            return nil
        default:
            return nil
        }
    }

    private func identity(_ subject: String) -> Identity { Identity(issuer: issuer, subject: subject) }

    private static func data<Value: Decodable>(_ type: Value.Type, of event: WebhookEvent) throws -> Value {
        do {
            return try JSONDecoder().decode(ClerkEnvelope<Value>.self, from: Data(event.body.utf8)).data
        } catch {
            throw ServiceFailure("clerk", .structural, "The event \(event.eventID) is not as Clerk describes it.")
        }
    }
}

private struct ClerkEnvelope<Value: Decodable>: Decodable {
    let data: Value
}

private struct ClerkGone: Decodable {
    let id: String
}

/// The parts of Clerk's user that we keep. Times are milliseconds.
private struct ClerkUser: Decodable {
    struct Address: Decodable {
        struct Verification: Decodable {
            let status: String?
        }
        let id: String
        let address: String
        let verification: Verification?

        enum CodingKeys: String, CodingKey {
            case id, verification
            case address = "email_address"
        }
    }

    let id: String
    let firstName: String?
    let lastName: String?
    let primaryAddressID: String?
    let addresses: [Address]
    let updatedAt: Int64

    enum CodingKeys: String, CodingKey {
        case id
        case firstName = "first_name"
        case lastName = "last_name"
        case primaryAddressID = "primary_email_address_id"
        case addresses = "email_addresses"
        case updatedAt = "updated_at"
    }

    /// The primary address, if it is verified; both names, as far as they obey our rules.
    var profile: IdentityProfile {
        let primary = addresses.first { $0.id == primaryAddressID && $0.verification?.status == "verified" }
        let names = [firstName, lastName].compactMap { $0 }.joined(separator: " ")
        return IdentityProfile(email: primary?.address, name: names, unchecked: ())
    }
}
