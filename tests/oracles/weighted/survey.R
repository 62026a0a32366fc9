# Weighted numbers of units.csv by R's survey: means, shares, differences, least squares, logit, counts.
# The units are those of the founding study with two invented attributes; run from this folder.
library(survey)
options(digits = 12)
d <- read.csv("units.csv")
frame <- nrow(d)
r <- d[d$responded == 1, ]
r$base <- frame / nrow(r)
r$yes <- as.integer(r$has_policy == "yes")
plain <- svydesign(ids = ~1, weights = ~base, data = r)
raked <- rake(plain, list(~size, ~has_policy),
  list(as.data.frame(table(size = d$size)), as.data.frame(table(has_policy = d$has_policy))),
  control = list(maxit = 200, epsilon = 1e-12))
k <- svymean(~number_of_relations, raked, na.rm = TRUE)
mean_of <- function(group) {
  found <- svymean(~number_of_relations, subset(raked, has_policy == group), na.rm = TRUE)
  print(found)
  print(confint(found, df = degf(raked)))
}
by_m <- svyby(~meeting_point, ~has_policy, raked, svymean)
print(k); print(confint(k, df = degf(raked)))
for (group in c("no", "yes")) mean_of(group)
print(svymean(~meeting_point, raked, na.rm = TRUE)); print(by_m)
print(coef(summary(svyglm(number_of_relations ~ yes, raked))))
print(coef(summary(svyglm(meeting_point ~ yes, raked, family = quasibinomial()))))
print(svytable(~meeting_point + has_policy, raked))
print(svytable(~meeting_point, raked))
w <- weights(raked)[!is.na(r$meeting_point)]
print(c(sum(w), sum(w^2), sum(w * na.omit(r$meeting_point))))
