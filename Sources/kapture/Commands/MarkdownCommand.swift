import ArgumentParser
import Foundation
import Markdown

struct MarkdownCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "markdown", abstract: "Renders Markdown from standard input to HTML on standard output.")

    func run() throws {
        let input = FileHandle.standardInput.readDataToEndOfFile()
        let rendered = try MarkdownRenderer().render(String(decoding: input, as: UTF8.self))
        FileHandle.standardOutput.write(Data(rendered.html.utf8))
    }
}
