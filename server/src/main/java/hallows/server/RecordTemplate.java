package hallows.server;

import hallows.server.kafka.Found;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A text with places in it for what a record says, under the letters that kcat has for them.
///
/// @param pieces in their order
record RecordTemplate(List<Piece> pieces) implements RecordFormat {
    /// What can be written, for people.
    static final String HOW =
            "%t topic, %p partition, %o offset, %T timestamp, %k key, %s value, %h headers, %K and %S their sizes, %% itself; \\n, \\t, \\r, \\\\";

    private static final Map<Character, Piece> PLACES =
            Map.of(
                    't', found -> bytes(found.topic()),
                    'p', found -> bytes(found.partition()),
                    'o', found -> bytes(found.offset()),
                    'T', found -> bytes(found.entry().timestamp().orElse(-1)),
                    'k', found -> RecordFormat.orNull(found.entry().key()),
                    's', found -> RecordFormat.orNull(found.entry().value()),
                    'h', found -> RecordFormat.text(found.entry().headers()),
                    'K', found -> bytes(size(found.entry().key())),
                    'S', found -> bytes(size(found.entry().value())),
                    '%', _ -> bytes("%"));

    private static final Map<Character, Piece> ESCAPES =
            Map.of(
                    'n', _ -> bytes("\n"),
                    't', _ -> bytes("\t"),
                    'r', _ -> bytes("\r"),
                    '\\', _ -> bytes("\\"));

    /// Something to show of a record.
    interface Piece extends Function<Found, byte[]> {}

    /// Reads a template; an [IllegalArgumentException] says what in it has no meaning.
    static RecordTemplate of(String text) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char letter = text.charAt(at);
            if (letter == '%' || letter == '\\') {
                pieces.add(place(text, at));
                at += 2;
            } else {
                int end = at;
                while (end < text.length() && "%\\".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                byte[] literal = bytes(text.substring(at, end));
                pieces.add(_ -> literal);
                at = end;
            }
        }
        return new RecordTemplate(List.copyOf(pieces));
    }

    private static Piece place(String text, int at) {
        Map<Character, Piece> known = text.charAt(at) == '%' ? PLACES : ESCAPES;
        @Nullable Piece piece = at + 1 < text.length() ? known.get(text.charAt(at + 1)) : null;
        if (piece == null) {
            throw new IllegalArgumentException(
                    "'%s' means nothing; there are %s"
                            .formatted(text.substring(at, Math.min(at + 2, text.length())), HOW));
        }
        return piece;
    }

    private static byte[] bytes(Object value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static int size(byte @Nullable [] bytes) {
        return bytes == null ? -1 : bytes.length;
    }

    @Override
    public void show(Found found, ByteArrayOutputStream to) {
        pieces.forEach(piece -> to.writeBytes(piece.apply(found)));
    }
}
