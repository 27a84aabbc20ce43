import Foundation
import FoundationNetworking
import Testing

/// A `kapture` that serves; killed when the value goes.
final class Running {
    let output = Lines()
    let log = Lines()
    private let process: Process

    /// Starts it and waits until it says where it listens.
    static func serve(
        _ arguments: [String], in folder: String, environment: [String: String] = [:]
    ) async throws -> (server: Running, address: String) {
        let server = try Running(["serve", "--port", "0"] + arguments, in: folder, environment)
        let line = try await server.output.first("listens on ")
        return (server, String(line.split(separator: " ").last ?? ""))
    }

    init(_ arguments: [String], in folder: String, _ environment: [String: String] = [:]) throws {
        process = try Program.process(arguments, in: folder, environment)
        let (out, err) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (out, err)
        try Program.start(process)
        output.follow(out.fileHandleForReading)
        log.follow(err.fileHandleForReading)
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    func signal(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// Its exit status, once it has ended.
    func status() async throws -> Int32 {
        let deadline = ContinuousClock.now + .seconds(60)
        while process.isRunning {
            try #require(ContinuousClock.now < deadline, "it still runs: \(log.all.suffix(5))")
            try await Task.sleep(for: .milliseconds(20))
        }
        return process.terminationStatus
    }
}

/// A page as a browser gets it.
struct Page {
    let status: Int
    let body: String

    /// Asks once; `cookie` is a session's.
    static func get(_ address: String, cookie: String? = nil) async throws -> Page {
        var request = URLRequest(url: try #require(URL(string: address)))
        request.httpShouldHandleCookies = false
        if let cookie { request.setValue(cookie, forHTTPHeaderField: "Cookie") }
        let (data, answer) = try await URLSession.shared.data(for: request)
        return Page(
            status: (answer as? HTTPURLResponse)?.statusCode ?? 0, body: String(decoding: data, as: UTF8.self))
    }

    /// Signs in and returns the session's cookie.
    static func signIn(_ address: String, email: String, password: String) async throws -> String {
        var request = URLRequest(url: try #require(URL(string: address + "/api/auth/sign-in")))
        (request.httpMethod, request.httpShouldHandleCookies) = ("POST", false)
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue(address, forHTTPHeaderField: "Origin")
        request.httpBody = try JSONEncoder().encode(["email": email, "password": password])
        let (data, answer) = try await URLSession.shared.data(for: request)
        let response = try #require(answer as? HTTPURLResponse)
        try #require(response.statusCode == 200, "\(String(decoding: data, as: UTF8.self))")
        let cookie = try #require(response.value(forHTTPHeaderField: "Set-Cookie"))
        return String(cookie.prefix { $0 != ";" })
    }
}
