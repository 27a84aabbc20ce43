import Foundation
import Synchronization
import TestSupport
import Testing

/// A real mail server on this machine (aiosmtpd) and what it accepted.
final class MailSink: Sendable {
    struct Received: Decodable, Sendable {
        let greeting: String
        let from: String
        let to: [String]
        let data: String
        let encrypted: Bool
        let user: String?

        /// As it crossed the wire, without dot-stuffing.
        var text: String { String(decoding: Data(base64Encoded: data) ?? Data(), as: UTF8.self) }

        /// Header lines unfolded, then the body.
        var parts: (header: [String], body: String) {
            let halves = text.split(separator: "\r\n\r\n", maxSplits: 1)
            let unfolded = halves[0].replacing("\r\n ", with: " ")
            return (unfolded.split(separator: "\r\n").map(String.init), String(halves.last ?? ""))
        }
    }

    let port: Int
    private let lines: Lines
    private let input: Pipe

    /// Runs `body` with a server started with these arguments, and ends it.
    static func with<Value>(
        _ arguments: [String] = [], _ body: (MailSink) async throws -> Value
    ) async throws -> Value {
        let sink = try await MailSink(arguments)
        defer { sink.input.fileHandleForWriting.closeFile() }
        return try await body(sink)
    }

    private init(_ arguments: [String]) async throws {
        let python = RepositoryRoot.path + "/.build/venv/bin/python"
        try #require(FileManager.default.isExecutableFile(atPath: python), "run Scripts/packages.sh test first")
        let (process, output) = (Process(), Pipe())
        input = Pipe()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [RepositoryRoot.path + "/Tests/Mail/smtp_server.py"] + arguments
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        lines = Lines(output.fileHandleForReading)
        port = try #require(Int(await lines.next()))
    }

    /// The next accepted mail.
    func next() async throws -> Received {
        try JSONDecoder().decode(Received.self, from: Data(await lines.next().utf8))
    }
}

/// The lines that a pipe brings.
private final class Lines: Sendable {
    private let stream: AsyncStream<String>

    init(_ handle: FileHandle) {
        let (stream, continuation) = AsyncStream<String>.makeStream()
        self.stream = stream
        let rest = Mutex(Data())
        handle.readabilityHandler = { handle in
            let part = handle.availableData
            guard !part.isEmpty else {
                handle.readabilityHandler = nil
                return continuation.finish()
            }
            rest.withLock { rest in
                rest.append(part)
                while let end = rest.firstIndex(of: 10) {
                    continuation.yield(String(decoding: rest[..<end], as: UTF8.self))
                    rest = Data(rest[(end + 1)...])
                }
            }
        }
    }

    func next() async -> String {
        for await line in stream { return line }
        return ""
    }
}

/// A certificate for this machine that nobody has signed.
struct OwnCertificate {
    let folder: TemporaryFolder
    var file: String { folder.path + "/certificate.pem" }
    var arguments: [String] { ["--certificate", file, "--key", folder.path + "/key.pem"] }

    init(names: String = "DNS:localhost,IP:127.0.0.1") throws {
        folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=test", "-addext", "subjectAltName=\(names)", "-keyout", folder.path + "/key.pem",
            "-out", folder.path + "/certificate.pem",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
