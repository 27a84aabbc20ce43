extension APIRoute {
    /// The signed-in user.
    package static let user = APIRoute("/api/auth/user")
    package static let deleteUser = APIRoute("/api/auth/user/delete")
    /// The signed-in user's picture.
    package static let picture = APIRoute("/api/auth/user/picture")
    package static let deletePicture = APIRoute("/api/auth/user/picture/delete")
    package static func deletion(_ id: JobID = .placeholder) -> APIRoute { APIRoute("/api/auth/deletions/\(id)") }
    package static let sync = APIRoute("/api/auth/sync")
    package static let password = APIRoute("/api/auth/password")
    package static let email = APIRoute("/api/auth/email")
    package static let profile = APIRoute("/api/auth/profile")
    package static let reset = APIRoute("/api/auth/reset")
    package static let confirmReset = APIRoute("/api/auth/reset/confirm")
    package static let confirm = APIRoute("/api/auth/confirm")
    /// Where a sign-in through the issuer begins, and where the issuer sends the browser back to.
    package static let issuer = APIRoute("/api/auth/oidc")
    package static let issuerCallback = APIRoute("/api/auth/oidc/callback")

    package static let sessions = APIRoute("/api/sessions")
    package static func session(_ id: SessionID = .placeholder) -> APIRoute { APIRoute("/api/sessions/\(id)") }
    package static func deleteSession(_ id: SessionID = .placeholder) -> APIRoute {
        APIRoute("/api/sessions/\(id)/delete")
    }

    package static let tokens = APIRoute("/api/tokens")
    package static func token(_ id: APITokenID = .placeholder) -> APIRoute { APIRoute("/api/tokens/\(id)") }
    package static func deleteToken(_ id: APITokenID = .placeholder) -> APIRoute {
        APIRoute("/api/tokens/\(id)/delete")
    }

    package static func webhook(_ source: String) -> APIRoute { APIRoute("/api/webhooks/\(source)") }
}
