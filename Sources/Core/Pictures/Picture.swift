/// A picture that a user gave of themselves: known by its bytes, never by its name or the type it claims, and without
/// what else stood in its file (places, times, cameras, comments, thumbnails, other files behind it).
///
/// The pixels are not decoded: a file whose header is right and whose pixels are not is a picture that browsers cannot
/// show, and nothing worse.
package struct Picture: Sendable, Hashable {
    package enum Format: String, Sendable, CaseIterable {
        case png = "image/png"
        case jpeg = "image/jpeg"
        case webp = "image/webp"
    }

    package let format: Format
    /// The cleaned file.
    package let bytes: [UInt8]

    package static let byteLimit = 256 * 1024
    /// Pixels.
    package static let sideLimit = 2048
    /// What a form tells before anything is refused.
    package static let rule = "PNG, JPEG or WebP, at most 256 KiB and 2,048 pixels a side"

    /// Refused with a rule when it is too large, no picture of these formats, damaged or moving. `field` is the name that
    /// the error gives it.
    package init(file: [UInt8], field: String = "picture") throws(ValidationError) {
        do throws(PictureFault) {
            (format, bytes) = try Self.cleaned(file)
        } catch {
            throw ValidationError(field: field, rule: error.rawValue)
        }
    }

    /// One that was taken in before.
    package init(format: Format, kept bytes: [UInt8]) {
        (self.format, self.bytes) = (format, bytes)
    }

    private static func cleaned(_ file: [UInt8]) throws(PictureFault) -> (Format, [UInt8]) {
        guard !file.isEmpty else { throw .missing }
        guard file.count <= byteLimit else { throw .tooManyBytes }
        if file.starts(with: PNGFile.signature) { return (.png, try PNGFile.cleaned(file)) }
        if file.starts(with: JPEGFile.signature) { return (.jpeg, try JPEGFile.cleaned(file)) }
        if WebPFile.isOne(file) { return (.webp, try WebPFile.cleaned(file)) }
        throw .otherFormat
    }

    static func check(width: Int, height: Int) throws(PictureFault) {
        guard width > 0, height > 0 else { throw .damaged }
        guard max(width, height) <= sideLimit else { throw .tooManyPixels }
    }
}

/// A picture under the name that pages give it.
package struct NamedPicture: Sendable, Hashable {
    package let picture: Picture
    package let digest: PictureDigest

    package init(_ picture: Picture, digest: PictureDigest) {
        (self.picture, self.digest) = (picture, digest)
    }
}

/// The first 128 bits of a picture's SHA-256, in hexadecimal.
package struct PictureDigest: Sendable, Hashable {
    package let text: String

    /// `nil` for anything but 32 lower-case digits.
    package init?(_ text: String) {
        let isHex = text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard text.utf8.count == Self.length, isHex else { return nil }
        self.text = text
    }

    /// Of the digest itself.
    package init(sha256 digest: some Sequence<UInt8>) {
        text = Hex.text(digest.prefix(Self.length / 2))
    }

    package static let length = 32
}

/// Why a file is refused: the rule that it breaks.
enum PictureFault: String, Error {
    case missing = "is missing"
    case tooManyBytes = "must be at most 256 KiB"
    case tooManyPixels = "must be at most 2,048 pixels wide and high"
    case otherFormat = "must be a PNG, JPEG or WebP picture"
    case damaged = "must be a whole picture; this file is damaged or cut off"
    case moving = "must be a still picture, not a moving one"
    case unusual = "must be a JPEG picture that browsers show: baseline or progressive, with 8 bits a colour"
}
