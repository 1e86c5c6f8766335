package hallows.verify.tidy;

import java.util.List;
import java.util.stream.Stream;

/// A file is read in one sitting.
final class FileSizes implements Rule {
    static final int LINES_MAX = 299;

    @Override
    public Stream<Finding> check(List<Source> sources) {
        return sources.stream()
                .filter(source -> lines(source) > LINES_MAX)
                .map(source -> new Finding("file-lines", source.path(), lines(source) + " lines"));
    }

    private static long lines(Source source) {
        return source.text().lines().count() - Tables.lines(source, source.unit());
    }
}
