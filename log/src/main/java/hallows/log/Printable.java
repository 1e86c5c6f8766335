package hallows.log;

import java.nio.charset.StandardCharsets;

/// Other people's bytes and texts, so that they can be shown.
final class Printable {
    private static final int SPACE = 0x20;
    private static final int DELETE = 0x7f;

    private Printable() {}

    /// Bytes as ASCII; a backslash is doubled, and what has no sign of its own is `\xHH`.
    static String bytes(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte next : bytes) {
            int sign = next & 0xff;
            if (sign == '\\') {
                text.append("\\\\");
            } else if (sign >= SPACE && sign < DELETE) {
                text.append((char) sign);
            } else {
                text.append("\\x%02x".formatted(sign));
            }
        }
        return text.toString();
    }

    /// The same for a text.
    static String text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A text without what would break its line or move a terminal's cursor.
    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints()
                .forEach(sign -> {
                    if (Character.isISOControl(sign)) {
                        line.append("\\x%02x".formatted(sign));
                    } else {
                        line.appendCodePoint(sign);
                    }
                });
        return line.toString();
    }

    /// A text as JSON writes it.
    static String json(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int at = 0; at < text.length(); at++) {
            char sign = text.charAt(at);
            if (sign == '"' || sign == '\\') {
                json.append('\\').append(sign);
            } else if (sign < SPACE || sign >= DELETE) {
                json.append("\\u%04x".formatted((int) sign));
            } else {
                json.append(sign);
            }
        }
        return json.append('"').toString();
    }
}
