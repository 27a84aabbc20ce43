import SQL
import Testing

@Suite("Addresses of databases")
struct AddressTests {
    @Test("A file or a server, named without its password")
    func names() throws {
        #expect(try DatabaseAddress("sqlite:data/kapture.db") == .sqlite(path: "data/kapture.db"))
        let server = try DatabaseAddress("postgres://me:secret@db.example:6432/kapture?sslmode=require")
        #expect(server.engine == .postgres)
        #expect(server.description == "db.example:6432/kapture")
        #expect(try DatabaseAddress("postgresql:///kapture?host=/run/pg").description == "/run/pg:5432/kapture")
    }

    @Test(
        "What is wrong is said, without the text, which may hold a password",
        arguments: [
            ("", "sqlite: or postgres://"), ("mysql://a:secret@b", "sqlite: or postgres://"), ("sqlite:", "file"),
            ("postgres://a:secret@b/c?connections=0", "connections"),
            ("postgres://a:secret@b/c?connections=x", "connections"),
            ("postgres://a:secret@b/c?pgbouncer=yes", "pgbouncer"), ("postgres://a:secret@b/c?color=red", "libpq"),
            ("postgres://a:secret@b:port:2/%zz", "libpq"), ("postgres://a:sec\0ret@b/c", "NUL"),
        ])
    func refusals(text: String, word: String) {
        let failure = #expect(throws: AddressFailure.self) { try DatabaseAddress(text) }
        #expect(failure?.rule.contains(word) == true, "\(failure?.rule ?? "")")
        #expect(failure?.description.contains("secret") == false)
    }
}
