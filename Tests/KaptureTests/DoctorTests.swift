import Core
import Foundation
import SQL
import Site
import Store
import TestSupport
import Testing

@testable import kapture

@Suite("Doctor")
struct DoctorTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func examine(_ values: [String: String], data: String? = nil) async -> [Finding] {
        var arguments = Settings.Arguments(dataFolder: data ?? folder.path + "/data", root: RepositoryRoot.path)
        arguments.port = nil
        return await Doctor(arguments: arguments, source: .values(values)).findings()
    }

    private func problems(_ findings: [Finding]) -> [String] {
        findings.filter { $0.state == .problem }.map { "\($0.subject): \($0.message)" }
    }

    @Test("Finds nothing wrong where nothing is, and has a word on each thing")
    func healthy() async throws {
        let findings = await examine([:])
        #expect(problems(findings) == [])
        let subjects = ["settings", "data folder", "database", "templates", "content", "assets", "address", "sign-up"]
        #expect(Set(subjects).isSubset(of: findings.map(\.subject)))
        #expect(findings.allSatisfy { ($0.state == .ok) == ($0.remedy == nil) })
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/data"))
    }

    @Test("Names every wrong setting at once, and those that are none")
    func settings() async {
        let findings = await examine([
            "KAPTURE_PORT": "x", "KAPTURE_SIGN_UP": "perhaps", "KAPTURE_RATE_LIMT": "5",
            "KAPTURE_TRUSTED_PROXIES": "me",
            "PATH": "/bin",
        ])
        let found = problems(findings).filter { $0.hasPrefix("settings") }
        #expect(found.count == 4)
        for key in ["KAPTURE_PORT", "KAPTURE_SIGN_UP", "KAPTURE_RATE_LIMT is no setting", "KAPTURE_TRUSTED_PROXIES"] {
            #expect(found.contains { $0.contains(key) }, "\(key)")
        }
    }

    @Test("A PostgreSQL that does not answer is named with its setting, without the password")
    func awayServer() async throws {
        let findings = await examine(["KAPTURE_DATABASE_URL": "postgres://me:hush@127.0.0.1:1/none"])
        let found = try #require(findings.first { $0.subject == "database" })
        #expect(found.state == .problem && found.message.contains("127.0.0.1:1/none"))
        #expect(found.remedy?.contains("KAPTURE_DATABASE_URL") == true)
        #expect(!"\(findings)".contains("hush"))
    }

    @Test(
        "Sees what addresses, proxies and sign-up risk",
        arguments: [
            (["KAPTURE_HOST": "0.0.0.0"], "address", Finding.State.warning),
            (["KAPTURE_URL": "http://127.0.0.1:9999"], "address", .problem),
            (["KAPTURE_URL": "http://10.0.0.5:8080"], "address", .warning),
            (["KAPTURE_URL": "https://kapture.example"], "proxies", .warning),
            (["KAPTURE_URL": "https://kapture.example", "KAPTURE_TRUSTED_PROXIES": "0.0.0.0/0"], "proxies", .problem),
            (["KAPTURE_URL": "https://kapture.example", "KAPTURE_SIGN_UP": "open"], "sign-up", .warning),
            (["KAPTURE_URL": "https://kapture.example", "KAPTURE_RATE_LIMIT": "off"], "limits", .warning),
            (["KAPTURE_URL": "https://kapture.example", "KAPTURE_HOST": "0.0.0.0"], "address", .warning),
        ])
    func network(values: [String: String], subject: String, state: Finding.State) async {
        let worst = await examine(values).filter { $0.subject == subject }.map(\.state).max()
        #expect(worst == state)
    }

    @Test("Is content with https behind a known proxy")
    func proxied() async {
        let findings = await examine([
            "KAPTURE_URL": "https://kapture.example", "KAPTURE_TRUSTED_PROXIES": "127.0.0.1",
        ])
        #expect(findings.filter { $0.state > .ok && $0.subject != "disk" && $0.subject != "open files" } == [])
    }

    @Test("Tells a damaged database from a newer one and from a whole one")
    func database() async throws {
        let fixture = try await StoreFixture(.sqlite)
        #expect(await problems(examine([:], data: fixture.folder.path)) == [])
        try fixture.store.close()
        try SQLiteFile.alone(fixture.file, "INSERT INTO schema_migrations VALUES (999, 'future')")
        #expect(await problems(examine([:], data: fixture.folder.path)).contains { $0.contains("has schema 999") })

        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: fixture.file))
        try file.seek(toOffset: 4096)
        try file.write(contentsOf: Data(repeating: 0x5A, count: 40_000))
        try file.close()
        let findings = await examine([:], data: fixture.folder.path).filter { $0.subject == "database" }
        #expect(findings.contains { $0.state == .problem && $0.remedy?.contains("kapture restore") == true })
    }

    @Test("Sees a folder that others may read, one of somebody else, and one that is a file")
    func folders() throws {
        let path = folder.path + "/open"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        #expect(
            FolderExamination(path: path).findings().contains {
                $0.state == .warning && $0.remedy == "chmod o-rwx \(path)"
            })
        let file = folder.path + "/file"
        try Data().write(to: URL(fileURLWithPath: file))
        #expect(FolderExamination(path: file).findings().map(\.state) == [.problem])
        guard geteuid() == 0 else { return }  // Only root can give files away.
        #expect(chown(path, 12345, 12345) == 0)
        #expect(FolderExamination(path: path).findings().first?.message.contains("belongs to user id 12345") == true)
    }

    @Test("Names the template that does not bind, and the content that cannot be read")
    func pages() throws {
        let root = folder.path + "/root"
        for part in ["Templates", "Content", "Public"] {
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: "\(RepositoryRoot.path)/\(part)", toPath: "\(root)/\(part)")
        }
        try Data("{{nonsense}}".utf8).write(to: URL(fileURLWithPath: root + "/Templates/pages/settings.mustache"))
        try FileManager.default.removeItem(atPath: root + "/Content/Plans/free.md")

        let findings = PageExamination(root: root, isSecure: false, now: StoreFixture.start).findings()
        #expect(findings.map(\.state) == [.problem, .problem, .ok])
        #expect(findings[0].message.contains("nonsense") && findings[1].message.contains("plan free"))
    }

    @Test("Sees a clock that was set back, and one that was never set")
    func clock() {
        let now = StoreFixture.start
        func states(_ now: Instant, _ newest: Instant?) -> Finding.State? {
            MachineExamination(now: now, newest: newest).findings().first?.state
        }
        #expect(states(now, nil) == .ok && states(now, now.adding(seconds: 200)) == .ok)
        #expect(states(now, now.adding(seconds: 301)) == .problem)
        #expect(states(Instant(seconds: 0), nil) == .problem)
    }

    @Test("Sees a published page that is not what was written")
    func sites() async throws {
        let data = folder.path + "/data"
        let arguments = Settings.Arguments(dataFolder: data, root: RepositoryRoot.path)
        let house = try Installation.open(try Settings.read(arguments, from: .values([:])).settings)
        let password = PasswordHash(encoded: "scrypt$1$1$1$AA==$AA==")
        let user = try #require(
            try await house.store.createUser(
                NewUser(email: "a@example.com", name: nil, password: password, isOperator: false), now: Clock.now()))
        let publication = try #require(try house.publisher.publish(.user(user)))
        #expect(await problems(examine([:])) == [])

        let digest = try #require(publication.manifest.pages["/settings/"])
        let path = house.publisher.folders.relativePath(of: "/settings/", digest, key: publication.key)
        try Data("changed".utf8).write(to: URL(fileURLWithPath: "\(house.folder.sites)/\(path)"))
        #expect(await problems(examine([:])) == ["pages: the published page /settings/ is not what was written"])
        try house.store.close()
    }

    @Test("Ends with status 1 when something is wrong, and speaks JSON")
    func program() throws {
        let kapture = try #require(BuiltProgram.path("kapture"))
        let arguments = ["doctor", "--json", "--data", folder.path + "/data", "--root", RepositoryRoot.path]
        let well = try Shell.run(kapture, arguments, ["PATH": "/bin"])
        let ill = try Shell.run(kapture, arguments, ["PATH": "/bin", "KAPTURE_PROT": "1"])

        #expect(well.status == 0 && ill.status == 1)
        struct Diagnosis: Decodable {
            let state: Finding.State
            let findings: [Finding]
        }
        let diagnosis = try JSONDecoder().decode(Diagnosis.self, from: Data(ill.output.utf8))
        #expect(diagnosis.state == .problem)
        #expect(diagnosis.findings.contains { $0.message.contains("KAPTURE_PROT is no setting") })
    }
}
