import CCurl

/// One mail on its way to the mail server.
struct MailPlan: TransferPlan {
    let server: MailServer
    let sender: Mailbox
    let recipient: Mailbox
    let upload: [UInt8]
    let timeout: Duration

    /// The operator chose the server.
    let isGuarded = false
    let sizeLimit = 64 * 1024

    func configure(_ handle: CurlHandle) {
        server.configure(handle, from: sender)
        handle.set(CURLOPT_MAIL_FROM, "<\(sender.address)>")
        handle.set(CURLOPT_MAIL_RCPT, lines: ["<\(recipient.address)>"])
        handle.set(CURLOPT_UPLOAD, 1)
    }
}

/// Asks the mail server whether it would take mails, and sends none.
struct GreetingPlan: TransferPlan {
    let server: MailServer
    let sender: Mailbox
    let timeout: Duration

    let upload: [UInt8] = []
    let isGuarded = false
    let sizeLimit = 64 * 1024

    func configure(_ handle: CurlHandle) {
        server.configure(handle, from: sender)
        handle.set(CURLOPT_NOBODY, 1)
        handle.set(CURLOPT_CUSTOMREQUEST, "NOOP")
    }
}

extension MailServer {
    /// How to reach it, and who we are there.
    fileprivate func configure(_ handle: CurlHandle, from sender: Mailbox) {
        // The path is the name that we greet the server with.
        handle.set(CURLOPT_URL, "\(isSecure ? "smtps" : "smtp")://\(host):\(port)/\(sender.domain)")
        handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        handle.set(CURLOPT_FORBID_REUSE, 1)
        handle.set(CURLOPT_USE_SSL, level)
        if let credentials {
            handle.set(CURLOPT_USERNAME, credentials.user)
            handle.set(CURLOPT_PASSWORD, credentials.password)
        }
    }

    private var level: Int {
        switch encryption {
        case .none: Int(CURLUSESSL_NONE.rawValue)
        case .offered: Int(CURLUSESSL_TRY.rawValue)
        case .required: Int(CURLUSESSL_ALL.rawValue)
        }
    }
}
