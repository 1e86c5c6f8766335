package hallows.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/// The words of a command, one after the other. One that is missing or wrong is answered with a
/// sentence for whoever wrote them.
public final class Words {
    private final Iterator<String> rest;

    /// From the first on.
    public Words(List<String> all) {
        rest = all.iterator();
    }

    /// Whether there is one more.
    public boolean hasNext() {
        return rest.hasNext();
    }

    /// The next.
    public String next() {
        return rest.next();
    }

    /// The next, which says how many.
    ///
    /// @throws IllegalArgumentException when it does not
    public int number(String what) {
        String word = next("the number of " + what);
        if (!word.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException(
                    "'%s' is no number of %s; take one from 1 to 9999".formatted(word, what));
        }
        return Integer.parseInt(word);
    }

    /// The next, which names a directory.
    ///
    /// @throws IllegalArgumentException when there is none that can be written to
    public Path directory() {
        Path path = Path.of(next("the directory")).toAbsolutePath().normalize();
        if (!Files.isDirectory(path) || !Files.isWritable(path)) {
            throw new IllegalArgumentException(
                    path + " is no directory that can be written to; make it or name another");
        }
        return path;
    }

    private String next(String what) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(what + " is missing at the end");
        }
        return rest.next();
    }
}
