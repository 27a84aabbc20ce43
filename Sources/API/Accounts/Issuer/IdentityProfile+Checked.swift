import Core

extension IdentityProfile {
    /// Takes over what obeys our own rules; what does not is as good as unsaid.
    init(email: String?, name: String?, unchecked: Void) {
        let address = email.flatMap { try? EmailAddress($0) }
        let person = name.flatMap { try? PersonName($0) }
        self.init(email: address?.text, name: person?.text)
    }

    /// From a token; its address counts only when the issuer has verified it.
    init(_ claims: TokenClaims) {
        let email = claims.emailVerified?.isTrue == true ? claims.email : nil
        self.init(email: email, name: claims.name, unchecked: ())
    }
}
