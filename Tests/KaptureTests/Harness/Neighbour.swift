import Foundation
import TestSupport
import Testing

/// A server of somebody else that Kapture talks to, as a program of the tests: it says its port first, then a line of JSON
/// for everything that happened, and ends with this value.
final class Neighbour {
    let port: Int
    private let process = Process()
    private let input = Pipe()
    private let output = Lines()
    private var taken = 1

    static func mailServer(_ arguments: String...) async throws -> Neighbour {
        try await Neighbour("Tests/Mail/smtp_server.py", arguments)
    }

    static func issuer(_ arguments: String...) async throws -> Neighbour {
        try await Neighbour("Tests/Issuer/issuer.py", arguments)
    }

    private init(_ script: String, _ arguments: [String]) async throws {
        let python = RepositoryRoot.path + "/.build/venv/bin/python"
        try #require(FileManager.default.isExecutableFile(atPath: python), "run Scripts/packages.sh test first")
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["\(RepositoryRoot.path)/\(script)"] + arguments
        (process.standardInput, process.standardOutput) = (input, pipe)
        try Program.start(process)
        output.follow(pipe.fileHandleForReading)
        port = try #require(Int(try await output.line(0)))
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// What happened next.
    func next<Value: Decodable>(_ type: Value.Type) async throws -> Value {
        let line = try await output.line(taken)
        taken += 1
        return try JSONDecoder().decode(Value.self, from: Data(line.utf8))
    }

    /// How many things happened that were not looked at.
    var rest: Int { output.all.count - taken }
}

/// A mail as the mail server took it.
struct TakenMail: Decodable {
    let from: String
    let to: [String]
    let data: String

    /// Quoted-printable (RFC 2045, 6.7) undone, as far as ASCII goes.
    var text: String {
        String(decoding: Data(base64Encoded: data) ?? Data(), as: UTF8.self)
            .replacingOccurrences(of: "=\r\n", with: "").replacingOccurrences(of: "=3D", with: "=")
    }

    /// The path of the first link whose path begins so.
    func path(_ start: String) throws -> String {
        let link = try #require(text.firstMatch(of: #/http://[0-9.:]+(/[a-z]+/[A-Za-z0-9_-]{43}/)/#), "\(text)")
        try #require(link.1.hasPrefix(start), "\(link.0)")
        return String(link.1)
    }
}
