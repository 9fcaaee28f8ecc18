import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Chooses the index for a query. What it finds is matched against the whole query afterwards. */
final class Plan {
  private Plan() {}

  /** Candidate positions, or null when every document must be looked at. */
  static Collection<Object> positions(List<Index<Object>> indexes, Document query) {
    Searchable best = null;
    int usefulness = 0;
    for (Index<Object> index : indexes) {
      int found = index instanceof Searchable ? ((Searchable) index).usefulness(query) : 0;
      if (found > usefulness) {
        best = (Searchable) index;
        usefulness = found;
      }
    }
    return best == null ? byBranches(indexes, query) : best.candidates(query);
  }

  private static Collection<Object> byBranches(List<Index<Object>> indexes, Document query) {
    if (query.get("$and") instanceof List) {
      for (Object branch : (List<?>) query.get("$and")) {
        Collection<Object> positions = positions(indexes, (Document) branch);
        if (positions != null) {
          return positions;
        }
      }
    }
    return query.get("$or") instanceof List ? union(indexes, (List<?>) query.get("$or")) : null;
  }

  private static Collection<Object> union(List<Index<Object>> indexes, List<?> branches) {
    Set<Object> union = new LinkedHashSet<>();
    for (Object branch : branches) {
      Collection<Object> positions = positions(indexes, (Document) branch);
      if (positions == null) {
        return null;
      }
      union.addAll(positions);
    }
    return union;
  }
}
