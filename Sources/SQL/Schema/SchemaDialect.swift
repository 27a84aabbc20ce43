/// What statements that make tables need on PostgreSQL besides.
enum SchemaDialect {
    /// The statement with `COLLATE "C"` behind every column of type TEXT (in capitals) that has no collation yet. Other statements than
    /// CREATE TABLE and ALTER TABLE, and what stands in quotes or behind AS (a cast), stay as they are.
    static func postgres(_ statement: String) -> String {
        let words = pieces(statement)
        let verbs = words.filter(\.isWord).prefix(3).map { $0.text.uppercased() }
        guard verbs.starts(with: ["CREATE", "TABLE"]) || verbs.starts(with: ["ALTER", "TABLE"]) else {
            return statement
        }
        var result = ""
        var previous = ""
        for (index, piece) in words.enumerated() {
            result += piece.text
            guard piece.isWord else { continue }
            let following = words[(index + 1)...].first(where: \.isWord)?.text.uppercased()
            if piece.text == "TEXT", previous != "AS", following != "COLLATE" { result += " COLLATE \"C\"" }
            previous = piece.text.uppercased()
        }
        return result
    }

    private struct Piece {
        var text: String
        var isWord: Bool
    }

    /// The statement cut into words and what stands between them; a quoted part is no word.
    private static func pieces(_ statement: String) -> [Piece] {
        var pieces: [Piece] = []
        var quote: Character?
        for character in statement {
            let isWord = quote == nil && (character.isLetter || character.isNumber || character == "_")
            if let last = pieces.last, last.isWord == isWord {
                pieces[pieces.count - 1].text.append(character)
            } else {
                pieces.append(Piece(text: String(character), isWord: isWord))
            }
            if quote == nil, character == "'" || character == "\"" {
                quote = character
            } else if character == quote {
                quote = nil
            }
        }
        return pieces
    }
}
