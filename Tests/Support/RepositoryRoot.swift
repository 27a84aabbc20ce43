import Foundation

/// Where this repository lies, found from this file's own path.
package enum RepositoryRoot {
    package static let path: String = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { url.deleteLastPathComponent() }
        return url.path
    }()
}
