import Foundation
import Testing

/// A mail as Python's own e-mail parser reads it: not our code judging itself.
struct PythonMail: Decodable {
    let subject: String
    let from: String
    let text: String
    let html: String?
    let defects: Int

    static func decoded(_ raw: String) async throws -> PythonMail {
        let script = """
            import email, email.policy, json, sys
            m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
            body = lambda kind: (lambda p: p and p.get_content().replace(chr(13), ""))(m.get_body([kind]))
            json.dump({"subject": m["subject"], "from": str(m["from"]), "text": body("plain"), "html": body("html"),
                "defects": sum(len(p.defects) for p in m.walk())}, sys.stdout)
            """
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", script]
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        input.fileHandleForWriting.write(Data(raw.utf8))
        input.fileHandleForWriting.closeFile()
        return try JSONDecoder().decode(PythonMail.self, from: output.fileHandleForReading.readDataToEndOfFile())
    }
}
