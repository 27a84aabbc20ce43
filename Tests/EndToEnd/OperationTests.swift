import Foundation
import Glibc
import TestSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("A server in operation")
struct OperationTests {
    @Test("tells its health and figures, and is backed up, examined and stopped while it serves")
    func served() async throws {
        let folder = try TemporaryFolder()
        let server = try ServedProgram(data: folder.path + "/data")
        defer { server.stop() }

        let health = try await server.get("/health")
        #expect(health.status == 200 && health.text.contains(#""status":"up""#))
        let metrics = try await server.get("/metrics")
        for line in [
            #"kapture_publishes_total{outcome="published"} 1"#, "kapture_publish_duration_seconds_count 1",
            #"kapture_http_requests_total{method="GET",route="/health",status="2xx"}"#,
            #"kapture_database_size_bytes{file="main"}"#, #"kapture_active_users{window="1d"} 0"#,
            "process_resident_memory_bytes", "process_start_time_seconds",
        ] {
            #expect(metrics.text.contains(line), "\(line)")
        }
        #expect(!metrics.text.contains(#"kapture_up{part="process"} 0"#))

        #expect(try server.run(["doctor"]) == 0)
        #expect(try server.run(["backup", folder.path + "/backup.tar"]) == 0)
        #expect(try server.run(["restore", folder.path + "/backup.tar", "--force"]) != 0, "somebody serves it")
        #expect(try await server.get("/health/ready").status == 200)
        #expect(server.stop() == 0)
        #expect(try server.run(["restore", folder.path + "/backup.tar", "--force"]) == 0)
    }
}

/// The built program, serving a folder until it is stopped.
final class ServedProgram {
    private let process = Process()
    private let data: String
    private let environment: [String: String]
    let address: String

    init(data: String, _ environment: [String: String] = [:]) throws {
        self.data = data
        self.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: try #require(BuiltProgram.path("kapture")))
        process.arguments = ["serve", "--data", data, "--root", RepositoryRoot.path, "--port", "0"]
        process.environment = self.environment
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It says where it listens as soon as it does.
        var said = ""
        while !said.hasSuffix("\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            said += String(decoding: more, as: UTF8.self)
        }
        address = String(try #require(said.split(separator: " ").last)).trimmingCharacters(in: .newlines)
    }

    func get(_ path: String) async throws -> (status: Int, text: String) {
        let url = try #require(URL(string: address + path))
        let (data, response) = try await URLSession.shared.data(from: url)
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
    }

    /// Runs another command on the same folder.
    func run(_ arguments: [String]) throws -> Int32 {
        let other = Process()
        other.executableURL = process.executableURL
        other.arguments = arguments + ["--data", data, "--root", RepositoryRoot.path]
        other.environment = environment
        other.standardOutput = FileHandle.nullDevice
        other.standardError = FileHandle.nullDevice
        try other.run()
        other.waitUntilExit()
        return other.terminationStatus
    }

    @discardableResult
    func stop() -> Int32 {
        if process.isRunning { kill(process.processIdentifier, SIGTERM) }
        process.waitUntilExit()
        return process.terminationStatus
    }
}
